//! How many colours the terminal shows, and what becomes of a colour that is not among them.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// The sixteen of the user's own palette.
    Sixteen,
    /// The 256 of xterm.
    Palette,
    /// Any.
    #[default]
    True,
}

/// The sixteen colours by their names, and how xterm shows them.
pub const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of red, green and blue in xterm's cube, from number 16 on.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Depth {
    /// What a terminal with these variables (`COLORTERM`, `TERM`) shows.
    pub fn of(colorterm: &str, term: &str) -> Self {
        if ["truecolor", "24bit"].contains(&colorterm) || term.contains("direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Palette
        } else {
            Self::Sixteen
        }
    }

    /// The colour nearest to `colour` that the terminal shows.
    pub fn nearest(self, colour: Color) -> Color {
        let Color::Rgb(r, g, b) = colour else { return colour };
        let rgb = [r, g, b];
        match self {
            Self::True => colour,
            Self::Palette => {
                let step = |value: u8| {
                    (0..6).min_by_key(|at| STEPS[usize::from(*at)].abs_diff(value)).unwrap_or(0)
                };
                let cube: [u8; 3] = rgb.map(step);
                let shown = cube.map(|at| STEPS[usize::from(at)]);
                let grey = (0..24_u8).min_by_key(|at| distance([8 + at * 10; 3], rgb)).unwrap_or(0);
                if distance([8 + grey * 10; 3], rgb) < distance(shown, rgb) {
                    Color::Indexed(232 + grey)
                } else {
                    Color::Indexed(16 + 36 * cube[0] + 6 * cube[1] + cube[2])
                }
            }
            Self::Sixteen => SIXTEEN
                .iter()
                .min_by_key(|(_, known)| distance(*known, rgb))
                .map_or(colour, |(named, _)| *named),
        }
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_says_how_many_colours_it_shows() {
        assert_eq!(Depth::of("truecolor", "xterm-256color"), Depth::True);
        assert_eq!(Depth::of("", "xterm-256color"), Depth::Palette);
        assert_eq!(Depth::of("", "linux"), Depth::Sixteen);
    }

    #[test]
    fn a_colour_becomes_the_nearest_there_is() {
        let orange = Color::Rgb(255, 135, 0);
        assert_eq!(Depth::True.nearest(orange), orange);
        assert_eq!(Depth::Palette.nearest(orange), Color::Indexed(208));
        assert_eq!(Depth::Palette.nearest(Color::Rgb(18, 18, 18)), Color::Indexed(233));
        assert_eq!(Depth::Sixteen.nearest(Color::Rgb(250, 10, 10)), Color::LightRed);
        assert_eq!(Depth::Sixteen.nearest(Color::Cyan), Color::Cyan);
    }
}
