//! Where what stands, for each size of terminal. Both `view` and the mouse ask here.

use super::screens::list;
use super::screens::list::state::Pane;
use super::state::State;
use ratatui::layout::Rect;

/// The areas of the list screen. Panes come with their frame, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The line at the top: title, or the query.
    pub bar: Option<Rect>,
    /// The side bar.
    pub facets: Option<Rect>,
    /// The entries.
    pub list: Option<Rect>,
    /// The preview.
    pub preview: Option<Rect>,
    /// The line at the foot.
    pub foot: Option<Rect>,
    /// Whether panes have a frame.
    pub framed: bool,
}

/// The least width at which the preview stands beside the list.
const BESIDE: u16 = 110;

/// Where what stands.
pub fn areas(state: &State) -> Areas {
    let (width, height) = state.size;
    let whole = Rect::new(0, 0, width, height);
    let mut areas = Areas { framed: width >= 60 && height >= 14, ..Areas::default() };
    let has_bar = height >= 6 || (height >= 3 && state.list.pane == Pane::Search);
    let has_foot = height >= 4;
    let mut rest = whole;
    if has_bar {
        let (bar, below) = split_top(rest, 1);
        (areas.bar, rest) = (Some(bar), below);
    }
    if has_foot {
        let (above, foot) = split_top(rest, rest.height.saturating_sub(1));
        (areas.foot, rest) = (Some(foot), above);
    }
    panes(&state.list, rest, &mut areas);
    areas
}

fn panes(list: &list::State, mut rest: Rect, areas: &mut Areas) {
    let pane = list.pane;
    if list.room.zoomed {
        match pane {
            Pane::Facets => areas.facets = Some(rest),
            Pane::Preview => areas.preview = Some(rest),
            Pane::List | Pane::Search => areas.list = Some(rest),
        }
        return;
    }
    let wants_facets = list.room.facets.unwrap_or(rest.width >= 140);
    if wants_facets || pane == Pane::Facets {
        if rest.width < 60 {
            // No room beside: the side bar takes the list's place while it is in front.
            if pane == Pane::Facets {
                areas.facets = Some(rest);
                return;
            }
        } else {
            let width = moved(rest.width / 5, list.room.facets_by, 16, rest.width / 2).max(22);
            let (facets, right) = split_left(rest, width.min(rest.width / 2));
            (areas.facets, rest) = (Some(facets), right);
        }
    }
    let beside = rest.width >= BESIDE || (rest.width >= 84 && rest.height < 16);
    let room = beside || rest.height >= 12;
    let wants_preview = list.room.preview.unwrap_or(room);
    if (wants_preview && room) || pane == Pane::Preview {
        if beside {
            let by = list.room.preview_by;
            let width = moved(rest.width * 42 / 100, by, 20, rest.width.saturating_sub(30));
            let (left, preview) = split_left(rest, rest.width.saturating_sub(width));
            (areas.preview, rest) = (Some(preview), left);
        } else if room {
            let by = list.room.preview_by;
            let height = moved(rest.height * 42 / 100, by, 3, rest.height.saturating_sub(4));
            let (above, preview) = split_top(rest, rest.height.saturating_sub(height));
            (areas.preview, rest) = (Some(preview), above);
        } else {
            areas.preview = Some(rest);
            return;
        }
    }
    areas.list = Some(rest);
}

/// `size` made larger by `by`, within limits.
fn moved(size: u16, by: i16, least: u16, most: u16) -> u16 {
    size.saturating_add_signed(by).clamp(least.min(most), most)
}

fn split_top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    let top = Rect { height, ..area };
    (top, Rect { y: area.y + height, height: area.height - height, ..area })
}

fn split_left(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    let left = Rect { width, ..area };
    (left, Rect { x: area.x + width, width: area.width - width, ..area })
}

/// What is left of a pane inside its frame.
pub fn inside(area: Rect, framed: bool) -> Rect {
    if framed && area.width >= 2 && area.height >= 2 {
        Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
    } else {
        area
    }
}

/// A popup of at most `width` × `height` in the middle of the screen, a little above the centre.
pub fn popup(size: (u16, u16), width: u16, height: u16) -> Rect {
    let width = width.min(size.0);
    let height = height.min(size.1);
    Rect::new((size.0 - width) / 2, (size.1 - height) / 3, width, height)
}

/// The first row to show so that row `at` of `total` is among the `height` that fit, when `top`
/// was first until now.
pub fn scrolled(top: usize, at: usize, height: usize, total: usize) -> usize {
    let height = height.max(1);
    let most = total.saturating_sub(height);
    // A row of air above and below the cursor, where there is room for it.
    let air = usize::from(height >= 8);
    let first = (at + 1 + air).saturating_sub(height);
    top.clamp(first.min(at), at.saturating_sub(air).max(first.min(at))).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::said::Language;

    #[test]
    fn no_size_is_too_small() {
        for width in 0..200 {
            for height in 0..60 {
                let mut state = State::new((width, height), Language::Nb, "x");
                for pane in [Pane::List, Pane::Search, Pane::Facets, Pane::Preview] {
                    state.list.pane = pane;
                    let areas = areas(&state);
                    for area in [areas.bar, areas.facets, areas.list, areas.preview, areas.foot]
                        .iter()
                        .flatten()
                    {
                        assert!(area.right() <= width && area.bottom() <= height);
                    }
                }
            }
        }
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        for height in 1..20 {
            for total in 1..60 {
                let mut top = 0;
                for at in (0..total).chain((0..total).rev()) {
                    top = scrolled(top, at, height, total);
                    assert!((top..top + height).contains(&at), "{top} {at} {height} {total}");
                    assert!(top + height <= total.max(height));
                }
            }
        }
    }
}
