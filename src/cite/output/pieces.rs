//! Citations as strings and numbers: numbers rise out of what they stand in, as far as nothing is
//! around them, so that those of neighbours can be drawn together (CSL 1.0.2, "Cite Collapsing").

use super::blob::Blob;
use super::blob::Content;
use super::blob::Decoration;
use super::blob::Number;
use super::blob::Status;
use super::flatten::Flattener;

/// A part of a citation.
#[derive(Clone, Debug)]
pub(in crate::cite) enum Piece {
    /// Finished text.
    Text(String),
    /// A number that may be joined with others.
    Number(Blob),
}

fn number(piece: &mut Piece) -> Option<&mut Number> {
    match piece {
        Piece::Number(Blob { content: Content::Number(number), .. }) => Some(number),
        _ => None,
    }
}

fn value(piece: Option<&Piece>) -> Option<&Number> {
    match piece {
        Some(Piece::Number(Blob { content: Content::Number(number), .. })) => Some(number),
        _ => None,
    }
}

impl Flattener<'_> {
    /// The pieces of some parts; `parent` is what they stand in.
    pub(in crate::cite) fn pieces(
        &self,
        blobs: &[Blob],
        parent: Option<&Blob>,
        stack: &mut Vec<Decoration>,
    ) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for blob in blobs {
            match &blob.content {
                Content::Number(_) => pieces.push(Piece::Number(blob.clone())),
                Content::Text(_) => {
                    let mut text = String::new();
                    self.one(blob, &mut text, stack);
                    if !text.is_empty() {
                        pieces.push(Piece::Text(text));
                    }
                }
                Content::List(parts) if !parts.is_empty() => {
                    let depth = stack.len();
                    if !blob.is_wrapper {
                        stack.extend(&blob.decorations);
                    }
                    let mut more = self.pieces(parts, Some(blob), stack);
                    stack.truncate(depth);
                    if parent.is_some() && more.len() > 1 {
                        delimit_behind_numbers(&mut more, &blob.delimiter);
                    }
                    pieces.append(&mut more);
                }
                Content::List(_) => {}
            }
        }
        let delimiter = parent.map_or("", |parent| parent.delimiter.as_str());
        self.gather(pieces, parent, delimiter, stack)
    }

    /// Makes text of the pieces up to the last that has to be text.
    fn gather(
        &self,
        mut pieces: Vec<Piece>,
        parent: Option<&Blob>,
        delimiter: &str,
        stack: &mut Vec<Decoration>,
    ) -> Vec<Piece> {
        let mut split = 0;
        for at in 0..pieces.len().saturating_sub(1) {
            let (left, right) = pieces.split_at_mut(at + 1);
            let (Piece::Number(first), Some(next)) = (&mut left[at], number(&mut right[0])) else {
                continue;
            };
            if !next.no_delimiter {
                first.suffix.push_str(delimiter);
                next.successor_prefix.clear();
                next.no_delimiter = true;
            }
        }
        for at in 0..pieces.len() {
            let (left, right) = pieces.split_at_mut(at + 1);
            let Piece::Text(text) = &mut left[at] else { continue };
            split = at + 1;
            if let Some(next) = right.first_mut().and_then(number) {
                if !delimiter.is_empty() && !next.no_delimiter {
                    text.push_str(delimiter);
                }
                next.no_delimiter = true;
            }
        }
        if let Some(parent) = parent {
            if !parent.decorations.is_empty() || !parent.suffix.is_empty() {
                split = pieces.len();
            } else if !parent.prefix.is_empty() {
                let first = pieces.iter().position(|piece| matches!(piece, Piece::Number(_)));
                if let Some(at) = first {
                    split = at;
                    if let (0, Piece::Number(blob)) = (at, &mut pieces[0]) {
                        blob.prefix.insert_str(0, &parent.prefix);
                    }
                }
            }
        }
        let rest = pieces.split_off(split);
        let start = self.start(pieces, parent, delimiter, stack);
        start.into_iter().chain(rest).collect()
    }

    fn start(
        &self,
        mut pieces: Vec<Piece>,
        parent: Option<&Blob>,
        delimiter: &str,
        stack: &mut Vec<Decoration>,
    ) -> Option<Piece> {
        if let (Some(parent), [Piece::Number(_)]) = (parent, pieces.as_slice()) {
            let Some(Piece::Number(mut blob)) = pieces.pop() else { return None };
            blob.prefix.insert_str(0, &parent.prefix);
            blob.suffix.push_str(&parent.suffix);
            blob.decorations.extend(&parent.decorations);
            return Some(Piece::Number(blob));
        }
        let text = self.join(pieces, delimiter, stack);
        if text.is_empty() {
            return None;
        }
        let Some(parent) = parent else { return Some(Piece::Text(text)) };
        let own = if parent.is_wrapper { 0 } else { parent.decorations.len() };
        let around = stack[..stack.len().saturating_sub(own)].to_vec();
        let mut out = parent.prefix.to_string();
        for decoration in parent.decorations.iter().rev() {
            self.open(*decoration, &mut out, &around);
        }
        out.push_str(&text);
        for decoration in &parent.decorations {
            self.close(*decoration, &mut out, &around);
        }
        out.push_str(&parent.suffix);
        Some(Piece::Text(out))
    }

    /// One text of the pieces, numbers in a row drawn together.
    pub(in crate::cite) fn join(
        &self,
        mut pieces: Vec<Piece>,
        delimiter: &str,
        stack: &mut Vec<Decoration>,
    ) -> String {
        settle_rows(&mut pieces);
        let mut out = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => {
                    if !out.is_empty() {
                        out.push_str(delimiter);
                    }
                    out.push_str(text);
                }
                Piece::Number(blob) => {
                    let Content::Number(number) = &blob.content else { continue };
                    match number.status {
                        Status::Suppress => continue,
                        Status::End => out.push_str(number.range_prefix.as_deref().unwrap_or("")),
                        Status::Successor => out.push_str(&number.successor_prefix),
                        Status::Start if at > 0 && !number.no_splice => {
                            out.push_str(&number.splice_prefix);
                        }
                        Status::Seen => out.push_str(&number.splice_prefix),
                        Status::Start | Status::SuccessorOfSuccessor => {}
                    }
                    self.one(blob, &mut out, stack);
                }
            }
        }
        out
    }
}

/// What follows a number behind a delimiter has it in front.
fn delimit_behind_numbers(pieces: &mut [Piece], delimiter: &str) {
    let mut seen = false;
    for piece in pieces {
        match piece {
            Piece::Number(_) => seen = true,
            Piece::Text(text) if seen => text.insert_str(0, delimiter),
            Piece::Text(_) => {}
        }
    }
}

/// Which numbers begin a row, go on in it, end it, or stand alone.
fn settle_rows(pieces: &mut [Piece]) {
    let mut start = true;
    for at in 0..pieces.len() {
        let (left, right) = pieces.split_at_mut(at + 1);
        let next = right.first_mut().and_then(number);
        match number(&mut left[at]) {
            Some(this) => {
                follow(this, next, start);
                start = false;
            }
            None => start = next.is_none_or(|next| next.splice_prefix.is_empty()),
        }
    }
    let mut open = true;
    for at in (1..pieces.len()).rev() {
        let before = value(pieces.get(at - 1)).map(|number| number.value);
        match number(&mut pieces[at]) {
            Some(this) if open => {
                let apart = this.status == Status::Seen
                    || before != Some(this.value - 1) && this.status == Status::Successor;
                if apart {
                    this.status = Status::Successor;
                    open = false;
                }
            }
            Some(_) => {}
            None => open = true,
        }
    }
}

fn follow(this: &mut Number, next: Option<&mut Number>, start: bool) {
    let follows = next.as_ref().is_some_and(|next| {
        next.value == this.value + 1 && (start || next.formatter == this.formatter)
    });
    let mark = |next: Option<&mut Number>, status| {
        if let Some(next) = next {
            next.status = status;
        }
    };
    if start {
        this.status = Status::Start;
        mark(next, if follows { Status::Successor } else { Status::Seen });
    } else if !follows {
        if this.status == Status::SuccessorOfSuccessor {
            this.status = Status::End;
        }
        mark(next, Status::Seen);
    } else {
        match this.status {
            Status::Start | Status::Seen => mark(next, Status::Successor),
            Status::Successor | Status::SuccessorOfSuccessor if this.range_prefix.is_some() => {
                mark(next, Status::SuccessorOfSuccessor);
                this.status = Status::Suppress;
            }
            Status::Successor | Status::SuccessorOfSuccessor => mark(next, Status::Successor),
            Status::End | Status::Suppress => {}
        }
    }
}
