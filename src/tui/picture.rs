//! A frame as an SVG picture: for documents, made by the program itself.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// The size of a cell, in the picture's units.
const CELL: (f32, f32) = (8.4, 18.0);

/// Ground and ink of the picture.
const GROUND: &str = "#16202a";
const INK: &str = "#d6dee6";

/// `buffer` as a picture.
pub fn svg(buffer: &Buffer) -> String {
    let (width, height) = (buffer.area.width, buffer.area.height);
    let (wide, high) = (f32::from(width) * CELL.0 + 24.0, f32::from(height) * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let cell = &buffer[(x, y)];
            let look = look(cell);
            let (from, mut text) = (x, String::new());
            // Cells that look the same are drawn together.
            while x < width && self::look(&buffer[(x, y)]) == look {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += symbol.width().max(1) as u16;
            }
            run(&mut out, (from, x - from, y), &look, &text);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// How a cell looks: ink, ground, and the attributes of its text.
#[derive(PartialEq)]
struct Look {
    ink: String,
    ground: Option<String>,
    attributes: String,
}

fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let (mut ink, mut ground) = (colour(cell.fg), colour(cell.bg));
    if has(Modifier::REVERSED) {
        (ink, ground) = (ground.or(Some(GROUND.into())), ink.or(Some(INK.into())));
    }
    let mut attributes = String::new();
    if has(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if has(Modifier::ITALIC) {
        attributes.push_str(" font-style=\"italic\"");
    }
    if has(Modifier::UNDERLINED) {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    if has(Modifier::DIM) {
        attributes.push_str(" opacity=\"0.6\"");
    }
    Look { ink: ink.unwrap_or_else(|| INK.into()), ground, attributes }
}

fn run(out: &mut String, (x, cells, y): (u16, u16, u16), look: &Look, text: &str) {
    let (left, top) = (f32::from(x) * CELL.0 + 12.0, f32::from(y) * CELL.1 + 12.0);
    let wide = f32::from(cells) * CELL.0;
    if let Some(ground) = &look.ground {
        let _written = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{:.1}\" fill=\"{ground}\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let base = top + 13.5;
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _written = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{wide:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{}\"{}>{text}</text>",
        look.ink, look.attributes
    );
}

/// A colour of the picture; `None` for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    let known = match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Black => "#16202a",
        Color::Red | Color::LightRed => "#f08080",
        Color::Green | Color::LightGreen => "#8fd18f",
        Color::Yellow | Color::LightYellow => "#e8d27a",
        Color::Blue | Color::LightBlue => "#8ab4f8",
        Color::Magenta | Color::LightMagenta => "#d6a2e8",
        Color::Cyan | Color::LightCyan => "#6fd3dc",
        Color::Gray | Color::White => "#e6edf3",
        Color::DarkGray => "#7d8b99",
        Color::Indexed(_) => INK,
    };
    Some(known.to_owned())
}
