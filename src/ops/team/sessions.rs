//! Where somebody is signed in, as a table.

use leptos::prelude::*;

use crate::{ops::time::Reader, store::staff::SessionRow};

/// Somebody's sessions.
pub(in crate::ops) struct Sessions<'a> {
    pub(in crate::ops) rows: &'a [SessionRow],
    pub(in crate::ops) reader: &'a Reader,
    /// The one that the reader is using.
    pub(in crate::ops) own: Option<&'a str>,
    /// Where the button goes that ends one; none when the reader may not.
    pub(in crate::ops) end: Option<String>,
}

impl Sessions<'_> {
    pub(in crate::ops) fn view(&self) -> AnyView {
        if self.rows.is_empty() {
            return view! { <p class="soft">"Signed in nowhere."</p> }.into_any();
        }
        let rows: Vec<_> = self.rows.iter().map(|row| self.row(row)).collect();
        let act = self
            .end
            .as_ref()
            .map(|_| view! { <th scope="col">"End"</th> });
        view! {
            <div class="scroll" role="region" aria-label="Sessions" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Browser"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"Signed in"</th>
                            <th scope="col">"Last seen"</th>
                            <th scope="col">"Time zone"</th>
                            {act}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, row: &SessionRow) -> impl IntoView + use<> {
        let is_own = self.own == Some(&*row.id);
        let browser = row.browser.clone().unwrap_or_else(|| "Unknown".to_owned());
        let own = is_own
            .then(|| view! { " " <span class="badge beside" data-tone="accent">"This one"</span> });
        let label = format!("End the session in {browser}");
        let end = self.end.clone().map(|action| {
            view! {
                <td>
                    <form method="post" action=action>
                        <input type="hidden" name="session" value=row.id.clone() />
                        <button class="plain" type="submit" aria-label=label>"End"</button>
                    </form>
                </td>
            }
        });
        let method = if row.method == "password" {
            "Password"
        } else {
            "Single sign-on"
        };
        view! {
            <tr>
                <th scope="row">{browser} {own}</th>
                <td data-label="By">{method}</td>
                <td data-label="Signed in" class="number">{self.reader.relative(row.created_at)}</td>
                <td data-label="Last seen" class="number">{self.reader.relative(row.seen_at)}</td>
                <td data-label="Time zone">{row.zone.clone()}</td>
                {end}
            </tr>
        }
    }
}
