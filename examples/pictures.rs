//! Draws the pictures of the documentation: `cargo run --example pictures` in the project's folder.

use kilde::store::folder;
use kilde::text::said::Language;
use kilde::tui::picture::svg;
use kilde::tui::stage::Stage;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let out = root.join("docs/pictures");
    fs::create_dir_all(&out)?;
    let open = |width, height| -> Result<Stage, Box<dyn Error>> {
        let found = folder::named(std::slice::from_ref(&root))?;
        Ok(Stage::on(found, width, height).language(Language::Nb))
    };
    let list = open(150, 36)?.press("f<tab>").press("/").type_text("selvhjelp").press("<enter>");
    let list = list.press("j<space>jj");
    fs::write(out.join("list.svg"), svg(&list.buffer("dark")))?;
    let copy = open(100, 30)?.press("/").type_text("gotaas").press("<enter>y");
    fs::write(out.join("copy.svg"), svg(&copy.buffer("dark")))?;
    let form = open(100, 30)?.press("/").type_text("gotaas").press("<enter>e");
    fs::write(out.join("form.svg"), svg(&form.buffer("dark")))?;
    let help = open(100, 30)?.press("?");
    fs::write(out.join("help.svg"), svg(&help.buffer("dark")))?;
    Ok(())
}
