//! Quantities are whole numbers inside, so that sums are exact and floors need no tolerance.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
        impl<'a> Sum<&'a Self> for $name {
            fn sum<I: Iterator<Item = &'a Self>>(items: I) -> Self {
                items.copied().sum()
            }
        }
    };
}

quantity! {
    /// Claimants, in thousandths of a person (a double member that is split has half of its people in each group).
    Volume
}
quantity! {
    /// Money in pence.
    Pence
}
quantity! {
    /// A length in millimetres.
    Length
}

impl Volume {
    /// Whole people.
    pub const fn people(count: i64) -> Self {
        Self(count * 1000)
    }

    /// People as a number for display and JSON.
    pub fn as_people(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Pence {
    /// Whole pounds.
    pub const fn pounds(count: i64) -> Self {
        Self(count * 100)
    }

    /// Pounds as a number for display and JSON.
    pub fn as_pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Length {
    /// A length given in metres, rounded to the millimetre.
    pub fn from_metres(metres: f64) -> Self {
        Self((metres * 1000.0).round() as i64)
    }

    /// Metres for display and JSON.
    pub fn metres(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Kilometres for display.
    pub fn km(self) -> f64 {
        self.0 as f64 / 1_000_000.0
    }
}

/// A part of an area, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub u32);

impl Share {
    /// The whole area.
    pub const WHOLE: Self = Self(1_000_000);

    /// The share as a fraction from 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// One area in `count` equal parts; what rounding leaves over goes to the first parts, so they add up to the whole.
    pub fn equal_parts(count: usize) -> Vec<Self> {
        split_evenly(i64::from(Self::WHOLE.0), count)
            .map(|part| Self(part as u32))
            .collect()
    }
}

impl Volume {
    /// The volume in `count` equal parts that add up to it exactly.
    pub fn equal_parts(self, count: usize) -> Vec<Self> {
        split_evenly(self.0, count).map(Self).collect()
    }
}

fn split_evenly(total: i64, count: usize) -> impl Iterator<Item = i64> {
    let n = count.max(1) as i64;
    (0..n).map(move |k| total / n + i64::from(k < total % n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_add_up_to_the_whole() {
        for count in 1..7 {
            assert_eq!(Share::equal_parts(count).iter().map(|s| s.0).sum::<u32>(), 1_000_000);
            assert_eq!(
                Volume(100_001).equal_parts(count).iter().sum::<Volume>(),
                Volume(100_001)
            );
        }
    }
}
