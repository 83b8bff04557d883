//! The evidence of an inquiry: it proves itself, and fails when anything in it is changed.

use leftoff::{
    evidence::{Evidence, Wrong},
    model::role::Role,
    store::audit::{self, Deed, Head},
};
use serde_json::Value;
use simulator::Status;

use crate::support::{App, BIRTHDATE, Program};

async fn act(app: &App, act: &str, object: &str) {
    let deed = Deed {
        at: 1_772_366_400_000,
        actor: "staff:1".to_owned(),
        act: act.to_owned(),
        object: object.to_owned(),
        ..Deed::default()
    };
    let added = app
        .state
        .store
        .change(move |change| audit::add(change, deed));
    added.await.unwrap();
}

/// An application in which an inquiry was resumed among much else; the inquiry, and its evidence as a file.
async fn taken() -> (App, String, Value) {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    app.browser().resume(&token).await;
    let link = app.newest_link(&inquiry).await.id;
    for number in 0..100 {
        act(&app, "tested", &format!("number:{number}")).await;
        match number {
            20 => act(&app, "inquiry-resumed", &format!("inquiry:{inquiry}")).await,
            50 => act(&app, "link-revoked", &format!("link:{link}")).await,
            _ => {}
        }
    }
    let mut auditor = app.staff(Role::Auditor).await;
    let answer = auditor
        .get(&format!("/ops/inquiries/{inquiry}/evidence"))
        .await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(
        answer
            .header("content-disposition")
            .contains(&format!("evidence-{inquiry}.json"))
    );
    assert!(!answer.body.contains(&token) && !answer.body.contains(BIRTHDATE));
    let file = answer.json();
    (app, inquiry, file)
}

fn verify(file: &Value) -> Result<(), Wrong> {
    Evidence::parse(file.to_string().as_bytes())?.verify(None)
}

#[tokio::test]
async fn evidence_tells_all_of_one_inquiry_and_nothing_of_others() {
    let (app, inquiry, file) = taken().await;
    assert_eq!(verify(&file), Ok(()));
    assert_eq!(file["facts"]["inquiry"]["id"], *inquiry);
    assert_eq!(file["facts"]["ledger"][1]["event"], "resumed");
    let acts: Vec<_> = file["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["act"].as_str().unwrap())
        .collect();
    assert!(
        acts.ends_with(&["inquiry-resumed", "link-revoked", "evidence-exported"]),
        "{acts:?}"
    );
    let text = file.to_string();
    assert!(
        !text.contains("number:"),
        "what was done to others is not in it"
    );
    let link = app.newest_link(&inquiry).await;
    assert!(!text.contains(&link.token_hash));
    assert!(!text.contains(&link.device_hash.unwrap()));
    let last = app.audit().await.pop().unwrap();
    assert_eq!(last.act, "evidence-exported");
    assert_eq!(last.object, format!("inquiry:{inquiry}"));
    assert!(
        file["between"].as_array().unwrap().len() < 30,
        "few hashes lead to each row"
    );
}

/// Every value in the file that is no list or object, by its place.
fn leaves(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| leaves(value, &format!("{place}/{key}"), found)),
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                leaves(value, &format!("{place}/{at}"), found);
            }
        }
        _ => found.push(place.to_owned()),
    }
}

#[tokio::test]
async fn no_value_of_the_file_can_be_changed_unseen() {
    let (_app, _inquiry, file) = taken().await;
    let mut places = Vec::new();
    leaves(&file, "", &mut places);
    assert!(places.len() > 100);
    for place in places {
        let mut other = file.clone();
        let value = other.pointer_mut(&place).unwrap();
        *value = match value {
            Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
            Value::String(text) => format!("{text}0").into(),
            _ => "something".into(),
        };
        assert!(verify(&other).is_err(), "{place} was changed unseen");
    }
}

#[tokio::test]
async fn no_part_of_the_file_can_be_left_out_or_moved_unseen() {
    let (_app, _inquiry, file) = taken().await;
    for list in ["rows", "between"] {
        let count = file[list].as_array().unwrap().len();
        for at in 0..count {
            let mut other = file.clone();
            other[list].as_array_mut().unwrap().remove(at);
            let is_needed = verify(&other).is_err();
            // Whoever takes away a whole row of the inquiry takes its way too; see docs/evidence.md.
            assert!(is_needed || list == "rows", "{list}/{at}");
        }
    }
    for part in ["ledger", "links"] {
        let mut other = file.clone();
        other["facts"][part].as_array_mut().unwrap().remove(0);
        assert!(verify(&other).is_err(), "{part}");
    }
    let mut other = file.clone();
    other["rows"].as_array_mut().unwrap().swap(0, 1);
    assert!(matches!(verify(&other), Err(Wrong::Misplaced(_))));
    let mut other = file.clone();
    other["more"] = true.into();
    assert_eq!(verify(&other), Err(Wrong::Unreadable));
}

#[tokio::test]
async fn a_noted_head_ties_the_file_to_its_chain() {
    let (_app, _inquiry, file) = taken().await;
    let evidence = Evidence::parse(file.to_string().as_bytes()).unwrap();
    assert_eq!(evidence.verify(Some(&evidence.head)), Ok(()));
    let other = Head {
        hash: "0".repeat(64),
        ..evidence.head.clone()
    };
    assert_eq!(evidence.verify(Some(&other)), Err(Wrong::Noted(other.seq)));
}

#[tokio::test]
async fn the_command_verifies_evidence_without_settings() {
    let (_app, _inquiry, file) = taken().await;
    let bare = Program::new()
        .unset("SERVER__SECRET")
        .unset("PERSONA__API_KEY");
    let path = bare.folder().join("evidence.json");
    let verify = async |text: String| {
        std::fs::write(&path, text).unwrap();
        bare.run(&["audit", "verify", "--file", path.to_str().unwrap()])
            .await
    };
    let whole = verify(file.to_string()).await;
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    assert!(whole.stdout.starts_with("whole: "), "{}", whole.stdout);
    let broken = verify(
        file.to_string()
            .replacen("inquiry-resumed", "inquiry-closed", 1),
    )
    .await;
    assert_eq!(broken.code, Some(1));
    assert!(broken.stderr.contains("was changed"), "{}", broken.stderr);
}

#[tokio::test]
async fn there_is_no_evidence_of_what_is_unknown_and_none_for_operators() {
    let (app, inquiry, _) = taken().await;
    let count = app.audit().await.len();
    let mut auditor = app.staff(Role::Auditor).await;
    assert_eq!(
        auditor
            .get("/ops/inquiries/inq_unknown/evidence")
            .await
            .status,
        404
    );
    let mut operator = app.staff(Role::Operator).await;
    let path = format!("/ops/inquiries/{inquiry}/evidence");
    assert_eq!(operator.get(&path).await.status, 403);
    let page = operator.get(&format!("/ops/inquiries/{inquiry}")).await;
    assert!(!page.body.contains(&path));
    let acts: Vec<_> = app
        .audit()
        .await
        .split_off(count)
        .into_iter()
        .map(|row| row.act)
        .collect();
    assert!(!acts.contains(&"evidence-exported".to_owned()), "{acts:?}");
}
