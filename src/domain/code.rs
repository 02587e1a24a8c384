//! Codes are identity in files: the code of an area and the label of a lot.

use std::fmt;
use std::sync::Arc;

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text with surrounding white space removed.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text.trim()))
            }

            /// The text as it stands in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

code! {
    /// The code of an area, such as `E06000001`, as the Office for National Statistics issues it.
    AreaCode
}
code! {
    /// The label of a lot: a number in plans of this program, any text in plans of others.
    LotId
}
