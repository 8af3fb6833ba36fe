//! Places in the policy that is being edited.

use std::sync::Arc;

use flightpath_school::policy::PolicyPack;

type Find<T> = dyn for<'a> Fn(&'a mut PolicyPack) -> Option<&'a mut T> + Send + Sync;

/// A place in a pack: finds it again after every change, or nothing once it is gone.
pub struct Lens<T: 'static>(Arc<Find<T>>);

impl<T> Clone for Lens<T> {
    fn clone(&self) -> Self {
        Lens(Arc::clone(&self.0))
    }
}

impl<T: 'static> Lens<T> {
    /// A place that every pack has.
    pub fn new(find: fn(&mut PolicyPack) -> &mut T) -> Lens<T> {
        Lens(Arc::new(move |pack| Some(find(pack))))
    }

    /// A part of it.
    pub fn part<U: 'static>(&self, part: fn(&mut T) -> &mut U) -> Lens<U> {
        let whole = Arc::clone(&self.0);
        Lens(Arc::new(move |pack| whole(pack).map(part)))
    }

    /// A part that it may not have.
    pub fn maybe<U: 'static>(&self, part: fn(&mut T) -> Option<&mut U>) -> Lens<U> {
        let whole = Arc::clone(&self.0);
        Lens(Arc::new(move |pack| whole(pack).and_then(part)))
    }

    /// What stands there.
    pub fn find<'a>(&self, pack: &'a mut PolicyPack) -> Option<&'a mut T> {
        (self.0)(pack)
    }
}

impl<T: 'static> Lens<Vec<T>> {
    /// An element of a list.
    pub fn at(&self, place: usize) -> Lens<T> {
        let whole = Arc::clone(&self.0);
        Lens(Arc::new(move |pack| {
            whole(pack).and_then(|list| list.get_mut(place))
        }))
    }
}

impl<T: 'static> Lens<Option<T>> {
    /// What stands in it, if anything does.
    pub fn inside(&self) -> Lens<T> {
        self.maybe(Option::as_mut)
    }
}
