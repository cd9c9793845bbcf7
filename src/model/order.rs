//! Sorting that is in the program once, and not once for each type that is sorted.
//!
//! The standard sorts are copied for each type: twenty of them were a twentieth of the download.
//! Here only numbers are sorted, by what they stand for. Knows nothing of what is sorted.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts, and leaves equals as they stood.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, Ord::cmp);
}

/// Sorts by a key, and leaves equals as they stood.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison, and leaves equals as they stood.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut sources = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    move_into(&mut sources, &mut |a, b| items.swap(a, b));
}

/// A set of these. What `collect` does for a set sorts first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// A map of these; of equal keys the last one counts. What `collect` does for a map sorts first.
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}

/// For each place the one whose item belongs there.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

/// Swaps until each place has the item of its source.
fn move_into(sources: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..sources.len() {
        // Along the ring of places that take from each other; what is done points to itself.
        let mut place = start;
        loop {
            let source = std::mem::replace(&mut sources[place], place);
            if source == start {
                break;
            }
            swap(place, source);
            place = source;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_come_out_as_the_standard_sort_has_them(
            items in prop::collection::vec((0_u8..20, any::<u16>()), 0..200)
        ) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut found = items.clone();
            sort_by_key(&mut found, |item| item.0);
            prop_assert_eq!(&found, &expected);
            expected.sort_by(|a, b| b.cmp(a));
            sort_by(&mut found, |a, b| b.cmp(a));
            prop_assert_eq!(&found, &expected);
            expected.sort();
            sort(&mut found);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn sets_and_maps_hold_what_collecting_gives(
            items in prop::collection::vec((0_u8..20, any::<u16>()), 0..100)
        ) {
            prop_assert_eq!(set(items.clone()), items.iter().copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(map(items.clone()), items.into_iter().collect::<BTreeMap<_, _>>());
        }
    }
}
