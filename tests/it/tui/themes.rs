//! Themes: enough contrast on their ground, and nothing said by colour alone.

use kilde::text::said::Language;
use kilde::tui::depth::{Depth, SIXTEEN};
use kilde::tui::paint::{Paint, Role, THEMES};
use ratatui::style::{Color, Modifier};

/// What the roles of lines are: they part, and nothing is read in them.
const LINES: &[Role] = &[Role::Border];

fn rgb(colour: Color) -> [u8; 3] {
    match colour {
        Color::Rgb(r, g, b) => [r, g, b],
        named => SIXTEEN.iter().find(|(known, _)| *known == named).expect("a known colour").1,
    }
}

/// WCAG's relative luminance.
fn luminance(colour: [u8; 3]) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = colour.map(part);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG's contrast, from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The lowest contrast that the theme promises for text, and the ground and ink it is made for.
fn promise(theme: &str) -> Option<(f64, [u8; 3], [u8; 3])> {
    Some(match theme {
        "light" => (4.5, [255; 3], [0; 3]),
        "high-contrast" => (7.0, [0; 3], [255; 3]),
        "dark" | "colour-blind" => (4.5, [0; 3], [229; 3]),
        // The user's own colours, none of ours.
        _ => return None,
    })
}

#[test]
fn every_text_can_be_read_on_the_ground_its_theme_is_made_for() {
    for depth in [Depth::True, Depth::Sixteen] {
        for (theme, _) in THEMES {
            let Some((least, ground, ink)) = promise(theme) else { continue };
            // Sixteen colours are the user's own, and xterm's are only a guess at them.
            let is_guess = depth == Depth::Sixteen && theme != &"high-contrast";
            let least = if is_guess { 3.5 } else { least };
            let paint = Paint::new(theme, Language::En).with_depth(depth);
            for (role, name, _) in Role::ALL {
                let style = paint.style(*role);
                let fg = style.fg.map_or(ink, rgb);
                let bg = style.bg.map_or(ground, rgb);
                let least = if LINES.contains(role) { 3.0 } else { least };
                let is = contrast(fg, bg);
                assert!(is >= least, "{theme}, {depth:?}: `{name}` has {is:.1}, not {least}");
            }
        }
    }
}

#[test]
fn what_is_chosen_stands_out_without_colour() {
    for (theme, _) in THEMES {
        let paint = Paint::new(theme, Language::En);
        for role in [Role::Hit, Role::Mark, Role::Focus, Role::Error, Role::Chosen] {
            let modifier = paint.style(role).add_modifier;
            assert_ne!(modifier, Modifier::empty(), "{theme}: {role:?}");
        }
        let selected = paint.style(Role::Selected);
        let is_seen = selected.bg.is_some() || selected.add_modifier != Modifier::empty();
        assert!(is_seen, "{theme}");
    }
}

#[test]
fn a_frame_says_the_same_in_every_theme() {
    let stage = super::stage(super::MANY, 160, 48).press("<space>fj<space>");
    let text = |theme: &str| -> String {
        let buffer = stage.buffer(theme);
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
    };
    for (theme, _) in THEMES {
        assert_eq!(text(theme), text("plain"), "{theme}");
    }
}

#[test]
fn without_colour_no_colour_is_used() {
    let buffer = super::stage(super::MANY, 80, 24).press("?").buffer("plain");
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
}
