//! The portal speaks the person's own language, and lets them pick another.

use leftoff::{links::NewLink, words::Words};
use simulator::Status;

use crate::support::App;

#[tokio::test]
async fn the_language_is_the_persons_own() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let plain = app.link(&inquiry).await;
    let spanish = |new: &mut NewLink| new.locale = Some("es".to_owned());
    let spanish = app.link_with(&inquiry, spanish).await;
    for (path, accepted, tag, direction) in [
        (format!("/r/{plain}"), "en-GB", "en", "ltr"),
        (
            format!("/r/{plain}"),
            "fi;q=0.9, es-MX;q=0.8, en;q=0.7",
            "es",
            "ltr",
        ),
        (format!("/r/{plain}"), "ar", "ar", "rtl"),
        (format!("/r/{plain}"), "\"garbled,,;q=", "en", "ltr"),
        (format!("/r/{plain}?lang=ar"), "es", "ar", "rtl"),
        (format!("/r/{plain}?lang=xx"), "es", "es", "ltr"),
        (format!("/r/{spanish}"), "ar", "es", "ltr"),
        (format!("/r/{spanish}?lang=en"), "ar", "en", "ltr"),
        ("/r/unknown".to_owned(), "es", "es", "ltr"),
        ("/".to_owned(), "ar", "ar", "rtl"),
    ] {
        let mut browser = app.browser();
        let page = browser.get_with(&path, "accept-language", accepted).await;
        let html = format!("<html lang=\"{tag}\" dir=\"{direction}\"");
        assert!(
            page.body.contains(&html),
            "{path} {accepted}: {}",
            page.body
        );
    }
}

#[tokio::test]
async fn each_page_leads_to_itself_in_every_language() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let path = format!("/r/{token}");
    let page = app.browser().get(&path).await;
    for words in Words::all() {
        let tag = words.tag();
        let there = format!("{path}?lang={tag}");
        assert!(
            page.body.contains(&format!("href=\"{there}\"")),
            "{}",
            page.body
        );
        let page = app.browser().get(&there).await;
        assert_eq!(page.page(), (200, words.say("welcome-title").as_str()));
        let action = format!("action=\"{there}\"");
        assert!(
            page.body.contains(&action),
            "the choice goes along with the button"
        );
    }
    assert!(Words::all().len() >= 12);
}
