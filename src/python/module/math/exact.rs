//! Sums and products of doubles without loss: a value and what rounding took from it.

/// `a + b`, and the rest.
#[inline]
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let second = sum - a;
    (sum, (a - (sum - second)) + (b - second))
}

/// The same for `abs(a) >= abs(b)`.
#[inline]
pub fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// `a * b`, and the rest.
#[inline]
pub fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// A sum of products in three doubles.
#[derive(Clone, Copy, Default)]
pub struct TripleLength {
    high: f64,
    low: f64,
    tiny: f64,
}

impl TripleLength {
    /// `self + a * b`
    pub fn add_product(self, a: f64, b: f64) -> TripleLength {
        let product = two_product(a, b);
        let high = two_sum(self.high, product.0);
        let first = two_sum(self.low, product.1);
        let second = two_sum(first.0, high.1);
        TripleLength {
            high: high.0,
            low: second.0,
            tiny: self.tiny + first.1 + second.1,
        }
    }

    /// Whether nothing overflowed.
    pub fn is_finite(self) -> bool {
        self.high.is_finite()
    }

    /// The nearest double.
    pub fn value(self) -> f64 {
        let last = two_sum(self.low, self.tiny);
        two_sum(self.high, last.0).0
    }
}
