//! Building a Python string: UTF-8 until the first lone surrogate, code points after.

use crate::python::code::PyStr;

/// A string being put together.
#[derive(Clone, Debug, Default)]
pub struct Text {
    utf8: String,
    code_points: Option<Vec<u32>>,
}

impl Text {
    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.utf8.is_empty() && self.code_points.as_ref().is_none_or(Vec::is_empty)
    }

    /// Adds text.
    pub fn push_str(&mut self, text: &str) {
        match &mut self.code_points {
            Some(points) => points.extend(text.chars().map(|c| c as u32)),
            None => self.utf8.push_str(text),
        }
    }

    /// Adds a code point, surrogate or not.
    pub fn push(&mut self, point: u32) {
        match (char::from_u32(point), &mut self.code_points) {
            (_, Some(points)) => points.push(point),
            (Some(c), None) => self.utf8.push(c),
            (None, None) => {
                let mut points: Vec<u32> = std::mem::take(&mut self.utf8)
                    .chars()
                    .map(|c| c as u32)
                    .collect();
                points.push(point);
                self.code_points = Some(points);
            }
        }
    }

    /// Adds a Python string.
    pub fn push_py(&mut self, text: &PyStr) {
        match text {
            PyStr::Utf8(text) => self.push_str(text),
            PyStr::CodePoints(points) => points.iter().for_each(|&point| self.push(point)),
        }
    }

    /// The finished string.
    pub fn finish(self) -> PyStr {
        match self.code_points {
            Some(points) => PyStr::CodePoints(points.into()),
            None => PyStr::Utf8(self.utf8.into()),
        }
    }
}
