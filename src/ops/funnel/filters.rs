//! What the funnel is asked for: all of it in the URL, and nothing else.

use jiff::{ToSpan as _, civil::Date};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::names::Names;
use crate::{
    links::channel::Channel,
    ops::time::Reader,
    paths,
    store::funnel::{FunnelQuery, Grouping},
};

/// The spans that one press gives, in days.
const PRESETS: [i32; 3] = [7, 30, 90];
/// Without a wish.
const USUAL: i32 = 30;
/// More than this nobody looks at, and reads with bounds stay quick.
const LONGEST: i32 = 366;

/// What the URL says. A value that it cannot have is none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    #[serde(skip_serializing_if = "String::is_empty")]
    days: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    channel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    template: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    maker: String,
}

/// Some days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Period {
    fn last(days: i32, today: Date) -> Self {
        Self {
            from: today.saturating_sub((days - 1).days()),
            to: today,
        }
    }

    /// Its days, the oldest first.
    pub(super) fn days(self) -> Vec<Date> {
        let days = self.from.series(1.day());
        days.take_while(|day| *day <= self.to).collect()
    }
}

impl Filters {
    /// The days that are asked for; they end today at the latest.
    pub(super) fn period(&self, today: Date) -> Period {
        let (Ok(from), Ok(to)) = (self.from.parse::<Date>(), self.to.parse::<Date>()) else {
            return Period::last(self.preset().unwrap_or(USUAL), today);
        };
        let to = to.min(today);
        let longest = Period::last(LONGEST, to);
        Period {
            from: from.min(to).max(longest.from),
            to,
        }
    }

    fn preset(&self) -> Option<i32> {
        let days = self.days.parse().ok()?;
        PRESETS.contains(&days).then_some(days)
    }

    /// What the table at the end is grouped by.
    pub(super) fn by(&self) -> Grouping {
        Grouping::parse(&self.by).unwrap_or_default()
    }

    /// What the store is asked for.
    pub(super) fn query(&self, period: Period, reader: &Reader) -> FunnelQuery {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        FunnelQuery {
            from: reader.start_of(period.from),
            until: reader.start_of(period.to.saturating_add(1.day())),
            by: self.by(),
            channel: some(&self.channel),
            template_id: some(&self.template),
            maker: some(&self.maker),
        }
    }

    /// Whether anything but the days is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        [&self.channel, &self.template, &self.maker]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// The same days without filters.
    pub(super) fn without_filters(&self) -> String {
        Self {
            channel: String::new(),
            template: String::new(),
            maker: String::new(),
            ..self.clone()
        }
        .path()
    }

    /// The same for one group of the table; days cannot be followed further.
    pub(super) fn with_key(&self, key: &str) -> Option<String> {
        let mut filters = self.clone();
        match self.by() {
            Grouping::Day => return None,
            Grouping::Channel => key.clone_into(&mut filters.channel),
            Grouping::Template => key.clone_into(&mut filters.template),
            Grouping::Maker => key.clone_into(&mut filters.maker),
        }
        (!key.is_empty()).then(|| filters.path())
    }

    fn with_days(&self, days: i32) -> String {
        Self {
            days: days.to_string(),
            from: String::new(),
            to: String::new(),
            ..self.clone()
        }
        .path()
    }

    fn path(&self) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        if query.is_empty() {
            paths::FUNNEL.to_owned()
        } else {
            format!("{}?{query}", paths::FUNNEL)
        }
    }

    /// The usual spans.
    pub(super) fn presets(&self, period: Period, today: Date) -> impl IntoView + use<> {
        let tabs: Vec<_> = PRESETS
            .into_iter()
            .map(|days| {
                let is_shown = Period::last(days, today) == period;
                let current = is_shown.then_some("page");
                let name = format!("Last {days} days");
                view! { <li><a href=self.with_days(days) aria-current=current>{name}</a></li> }
            })
            .collect();
        view! { <nav class="tabs" aria-label="Days"><ul>{tabs}</ul></nav> }
    }

    /// The form that asks for something else.
    pub(super) fn form(&self, period: Period, today: Date, names: &Names) -> impl IntoView + use<> {
        let channels: Vec<_> = Channel::ALL
            .into_iter()
            .filter(|channel| *channel != Channel::HandOff)
            .map(|channel| {
                option(
                    channel.code(),
                    &names.channel(channel.code()),
                    &self.channel,
                )
            })
            .collect();
        let templates: Vec<_> = names
            .templates()
            .map(|(id, name)| option(id, name, &self.template))
            .collect();
        let groupings: Vec<_> = Grouping::ALL
            .into_iter()
            .map(|by| option(by.code(), grouping(by), self.by().code()))
            .collect();
        let maker = (!self.maker.is_empty()).then(|| {
            view! {
                <label>
                    "Maker"
                    <select name="maker" data-submit="">
                        {option("", "Any", &self.maker)}
                        {option(&self.maker, &names.maker(&self.maker), &self.maker)}
                    </select>
                </label>
            }
        });
        let clear = self.is_narrow().then(|| {
            view! { <a class="plain" href=self.without_filters()>"Clear"</a> }
        });
        view! {
            <form class="filters" action=paths::FUNNEL aria-label="Filters">
                <label>
                    "From"
                    <input type="date" name="from" value=period.from.to_string() max=today.to_string() />
                </label>
                <label>
                    "To"
                    <input type="date" name="to" value=period.to.to_string() max=today.to_string() />
                </label>
                <label>
                    "Channel"
                    <select name="channel" data-submit="">
                        {option("", "Any", &self.channel)}
                        {channels}
                    </select>
                </label>
                <label>
                    "Template"
                    <select name="template" data-submit="">
                        {option("", "Any", &self.template)}
                        {templates}
                    </select>
                </label>
                {maker}
                <label>
                    "Group by"
                    <select name="by" data-submit="">{groupings}</select>
                </label>
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }
}

/// What a grouping is called.
pub(super) const fn grouping(by: Grouping) -> &'static str {
    match by {
        Grouping::Day => "Day",
        Grouping::Channel => "Channel",
        Grouping::Template => "Template",
        Grouping::Maker => "Maker",
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}
