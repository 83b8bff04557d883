//! What is said of the templates that links lead to.

use simulator::{DEFAULT_TEMPLATE, Seed, Status};

use super::Patient;

#[tokio::test]
async fn a_template_that_does_not_allow_our_host_fails_by_name() {
    let patient = Patient::new().await;
    let control = patient.persona.control();
    control.name_template(DEFAULT_TEMPLATE, "Know your customer");
    control.allow_domains(DEFAULT_TEMPLATE, &["verify.example.com"]);
    let report = patient.examine().await;
    report.says(
        "allowed-domain",
        "failed",
        "Know your customer",
        "Add localhost",
    );
    control.allow_domains(DEFAULT_TEMPLATE, &[]);
    let report = patient.examine().await;
    report.says(
        "allowed-domain",
        "note",
        "no domains of its own",
        "domain manager",
    );
}

#[tokio::test]
async fn templates_that_moved_on_or_went_out_of_use_are_said() {
    let patient = Patient::new().await;
    let control = patient.persona.control();
    let seed = Seed {
        status: Status::Expired,
        ..Seed::default()
    };
    let _ = control.create_inquiry(&seed);
    let imported = patient.program.run(&["import"]).await;
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    patient
        .examine()
        .await
        .says("templates", "ok", "in use", "");

    control.set_template_active(DEFAULT_TEMPLATE, false);
    let report = patient.examine().await;
    report.says("templates", "warning", "out of use", "into use again");
    control.set_template_active(DEFAULT_TEMPLATE, true);

    let _ = control.publish_new_template_version(DEFAULT_TEMPLATE);
    let report = patient.examine().await;
    report.says("template-drift", "note", "newer version", "leftoff import");
    let imported = patient.program.run(&["import"]).await;
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    let report = patient.examine().await;
    report.says(
        "template-drift",
        "note",
        "1 inquiries",
        "outdated templates",
    );
}
