//! The examples in the documents are run: in a block marked `console` each line that begins with
//! `$ kilde` or `$ cargo run --release` is a command, run on the shipped library; the lines below
//! it, as far as they are given, must be found in what it prints (`…` stands for anything).

use crate::support::desk::{Desk, root};

struct Example {
    line: usize,
    command: String,
    shown: Vec<String>,
}

fn examples(text: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(fence) = line.trim_start().strip_prefix("```") {
            inside = !inside && fence.trim() == "console";
        } else if inside {
            match line.strip_prefix("$ ") {
                Some(command) => {
                    let command = command.to_owned();
                    out.push(Example { line: number, command, shown: Vec::new() });
                }
                None => {
                    if let Some(example) = out.last_mut() {
                        example.shown.push(line.to_owned());
                    }
                }
            }
        }
    }
    out
}

/// Whether `shown` is found in `printed`: the parts between `…` in this order.
fn is_shown(shown: &str, printed: &str) -> bool {
    printed.lines().any(|line| {
        let mut rest = line;
        shown.split('…').map(str::trim).all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    })
}

fn run(document: &str) {
    let text = std::fs::read_to_string(root().join(document)).unwrap();
    let desk = Desk::with_shipped_library();
    let mut wrong = Vec::new();
    for example in examples(&text) {
        let arguments = example
            .command
            .strip_prefix("cargo run --release --")
            .or_else(|| example.command.strip_prefix("kilde"));
        let Some(arguments) = arguments else { continue };
        let arguments = arguments.split(" > ").next().unwrap_or_default().trim();
        let mut command = desk.command();
        command.current_dir(desk.path().join("library"));
        let output = command.args(crate::support::desk::words(arguments)).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        if !matches!(output.status.code(), Some(0 | 1)) {
            wrong.push(format!("{document}:{}: {} → {printed}", example.line, example.command));
        }
        for shown in example.shown.iter().filter(|shown| !shown.trim().is_empty()) {
            if !is_shown(shown, &printed) {
                let at = example.line;
                wrong.push(format!("{document}:{at}: `{shown}` is not in:\n{printed}"));
            }
        }
    }
    assert_eq!(wrong.join("\n"), "");
}

#[test]
fn the_examples_of_the_readme_work() {
    run("README.md");
}

#[test]
fn the_examples_of_the_page_on_reference_lists_work() {
    run("docs/reference-lists.md");
}

#[test]
fn the_examples_of_the_guides_work() {
    let guides = root().join("docs/guides");
    for entry in std::fs::read_dir(guides).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        run(&format!("docs/guides/{name}"));
    }
}
