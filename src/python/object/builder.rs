//! A string in the making, on the Rust side: for `repr`s and messages. CPython: `_PyUnicodeWriter`.

use super::str::{self, View};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Collects text; [`Builder::finish`] makes the one string object.
#[derive(Default)]
pub struct Builder {
    text: String,
    /// Set once a lone surrogate came, which a `String` cannot hold; `text` is empty then.
    points: Option<Vec<u32>>,
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Appends Rust text.
    pub fn push_str(&mut self, text: &str) {
        match &mut self.points {
            Some(points) => points.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    /// Appends a code point, a surrogate too.
    pub fn push_point(&mut self, point: u32) {
        match (&mut self.points, char::from_u32(point)) {
            (Some(points), _) => points.push(point),
            (None, Some(char)) => self.text.push(char),
            (None, None) => {
                let mut points: Vec<u32> = std::mem::take(&mut self.text)
                    .chars()
                    .map(u32::from)
                    .collect();
                points.push(point);
                self.points = Some(points);
            }
        }
    }

    /// Appends a string object.
    pub fn push(&mut self, vm: &Vm, string: Addr) {
        match str::view(vm, string) {
            View::Latin1(bytes) if bytes.is_ascii() => {
                self.push_str(std::str::from_utf8(bytes).unwrap_or_default())
            }
            View::Latin1(bytes) => bytes
                .iter()
                .for_each(|byte| self.push_point(u32::from(*byte))),
            View::Ucs2(units) => units
                .iter()
                .for_each(|unit| self.push_point(u32::from(*unit))),
            View::Ucs4(units) => units.iter().for_each(|unit| self.push_point(*unit)),
        }
    }

    /// Bytes collected, to bound what a program makes.
    pub fn len(&self) -> usize {
        self.points
            .as_ref()
            .map_or(self.text.len(), |points| points.len() * 4)
    }

    /// Whether there is nothing yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string object.
    pub fn finish(self, vm: &mut Vm) -> PyResult<Own> {
        Ok(match self.points {
            Some(points) => str::from_code_points(vm, &points),
            None => str::new(vm, &self.text),
        })
    }
}
