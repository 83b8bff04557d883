//! The audit: a chain that shows what was changed, removed, added or put elsewhere, in the database and in a file.

mod chain;
mod command;
mod page;

use leftoff::store::{
    Store,
    audit::{self, Deed},
};

fn deed(number: usize) -> Deed {
    Deed {
        at: 1_772_366_400_000,
        actor: "system".to_owned(),
        act: "tested".to_owned(),
        object: format!("number:{number}"),
        ..Deed::default()
    }
}

async fn add(store: &Store, number: usize) {
    let added = store.change(move |change| audit::add(change, deed(number)));
    added.await.unwrap();
}
