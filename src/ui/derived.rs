//! What follows from signals, in one type for the machinery and another for those who ask.
//!
//! Leptos' own `Memo` is copied for each type of value, half a hundred times. Here the machinery
//! holds one type that knows how to compare itself; what is inside comes out as what it was.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value that is worked out anew when what it was made of changes. Who reads it hears of it only
/// where it came out different.
pub struct Derived<T> {
    held: Memo<Held>,
    is: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

/// A value, and how it is compared with another of its type.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(self.value.as_ref(), other.value.as_ref())
    }
}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// Worked out by this.
    pub fn new(work_out: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let held = memo(Box::new(move || Held {
            value: Arc::new(work_out()),
            same: |a, b| a.downcast_ref::<T>() == b.downcast_ref::<T>(),
        }));
        Self {
            held,
            is: PhantomData,
        }
    }

    /// Looks at the value, and hears of changes.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look_at(&self.held.get(), look)
    }

    /// Looks at the value once.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look_at(&self.held.get_untracked(), look)
    }

    /// Hears of changes.
    pub fn track(self) {
        self.held.track();
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Derived<T> {
    /// The value; who asks hears of changes.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, once.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl Derived<String> {
    /// The text on the page.
    pub fn shown(self) -> Box<dyn FnMut() -> String + Send> {
        Box::new(move || self.get())
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<Derived<T>> for Signal<T> {
    fn from(derived: Derived<T>) -> Self {
        Signal::derive(move || derived.get())
    }
}

fn memo(work_out: Box<dyn Fn() -> Held + Send + Sync>) -> Memo<Held> {
    Memo::new(move |_| work_out())
}

fn look_at<T: 'static, R>(held: &Held, look: impl FnOnce(&T) -> R) -> R {
    match held.value.downcast_ref() {
        Some(value) => look(value),
        None => unreachable!("a derived value is of the type that it was made of"),
    }
}
