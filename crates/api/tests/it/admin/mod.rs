//! Managing projects.

mod widgets;
