//! The program `kilde`.

fn main() {}
