//! Macros that call macros: none may come back to itself, and together they may not take so many
//! steps that one reference would never be done.

use super::Style;
use super::StyleError;
use super::tree::Element;

/// More steps than any reference needs; the largest style of the repository takes a few thousand.
const MAX_STEPS: u64 = 2_000_000;
/// Deeper than any style goes.
const MAX_DEPTH: u64 = 400;

#[derive(Clone, Copy)]
struct Cost {
    steps: u64,
    depth: u64,
}

/// Refuses circles, fans and abysses.
pub(super) fn check(style: &Style) -> Result<(), StyleError> {
    let mut costs: Vec<Option<Cost>> = vec![None; style.macros.len()];
    for at in 0..style.macros.len() {
        let mut path = Vec::new();
        let cost = of_macro(style, at, &mut costs, &mut path)?;
        if cost.steps > MAX_STEPS {
            return Err(StyleError::TooManySteps(style.macros[at].name.clone(), cost.steps));
        }
        if cost.depth > MAX_DEPTH {
            let what = format!("macro `{}` is nested too deep", style.macros[at].name);
            return Err(StyleError::Invalid { line: 1, what });
        }
    }
    Ok(())
}

fn of_macro(
    style: &Style,
    at: usize,
    costs: &mut [Option<Cost>],
    path: &mut Vec<usize>,
) -> Result<Cost, StyleError> {
    if let Some(cost) = costs[at] {
        return Ok(cost);
    }
    if let Some(start) = path.iter().position(|known| *known == at) {
        let circle = path[start..].iter().chain([&at]);
        return Err(StyleError::Circle(circle.map(|at| style.macros[*at].name.clone()).collect()));
    }
    path.push(at);
    let cost = of_elements(style, &style.macros[at].children, costs, path)?;
    path.pop();
    costs[at] = Some(cost);
    Ok(cost)
}

fn of_elements(
    style: &Style,
    elements: &[Element],
    costs: &mut [Option<Cost>],
    path: &mut Vec<usize>,
) -> Result<Cost, StyleError> {
    let mut all = Cost { steps: 1, depth: 1 };
    for element in elements {
        let cost = match element {
            Element::Macro(at, _) => of_macro(style, *at, costs, path)?,
            Element::Group(children, _) => of_elements(style, children, costs, path)?,
            Element::Names(names) => of_elements(style, &names.substitute, costs, path)?,
            Element::Choose(branches) => {
                let mut most = Cost { steps: 1, depth: 1 };
                for branch in branches {
                    let cost = of_elements(style, &branch.children, costs, path)?;
                    most.steps = most.steps.max(cost.steps);
                    most.depth = most.depth.max(cost.depth);
                }
                most
            }
            _ => Cost { steps: 1, depth: 0 },
        };
        all.steps = all.steps.saturating_add(cost.steps);
        all.depth = all.depth.max(cost.depth.saturating_add(1));
    }
    Ok(all)
}
