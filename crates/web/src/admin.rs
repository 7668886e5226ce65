//! The frame of the administration: which pages there are, and who is shown the way to them. Every
//! slice names its own sections (`pub const ADMIN: &[web::admin::Section]`), the binary puts them
//! together, and the home page `/admin` lists them. A page of the administration extends
//! `admin.html` instead of `layout.html`: that brings the breadcrumb back to `/admin`, the heading
//! (the page's title) and two blocks, `crumbs` for further steps of the breadcrumb and `admin` for
//! the page itself. Each page still asks for its permission: a section that is not shown is hidden,
//! not guarded.

use base::Actor;

/// Under which heading a section stands on `/admin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Agencies, units, territories, accounts and roles.
    People,
    /// Services, forms, categories, routes, terms.
    Services,
    /// Templates of answers, letters and notices.
    Letters,
    /// How the installation runs: journal, jobs, settings.
    Running,
}

impl Group {
    /// Every group, in the order of the page.
    pub const ALL: [Group; 4] = [
        Group::People,
        Group::Services,
        Group::Letters,
        Group::Running,
    ];

    /// Key of its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Group::People => "web-admin-people",
            Group::Services => "web-admin-services",
            Group::Letters => "web-admin-letters",
            Group::Running => "web-admin-running",
        }
    }
}

/// One page of the administration, as `/admin` shows it.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The heading it stands under.
    pub group: Group,
    /// Its address, `/admin/…`.
    pub href: &'static str,
    /// Key of its name.
    pub title: &'static str,
    /// Key of one sentence on what is done there.
    pub note: &'static str,
    /// Whether somebody has anything to do there.
    pub shown: fn(&Actor) -> bool,
}
