//! What the tests of the whole program share.
#![allow(dead_code, reason = "shared by many tests, none of which uses all of it")]

pub mod desk;
