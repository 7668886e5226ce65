//! The command line. Everything that can be said here can be said by the environment too; what is
//! rarely changed stands in the settings file.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Okno: appeals received, answered in term, and open to anybody's check.
#[derive(Debug, Parser)]
#[command(name = "okno", version, about)]
pub(crate) struct Cli {
    /// What to do; serving when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Where everything is.
    #[command(flatten)]
    pub place: Place,
}

/// Over the settings that every command needs, so that they do not drown its own.
const WHERE: &str = "Where everything is";
/// Over those that a server needs.
const OUTSIDE: &str = "The world outside, for the server";

/// Where the data and the keys are.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// Settings file (TOML).
    #[arg(long, global = true, env = "OKNO_CONFIG", help_heading = WHERE)]
    pub config: Option<PathBuf>,
    /// Folder of the database, files and published log [default: ./data].
    #[arg(long, global = true, env = "OKNO_DATA", help_heading = WHERE)]
    pub data: Option<PathBuf>,
    /// Folder of the keys and the guard, outside the data and outside backups
    /// [default: the data folder's name with `.keys` at its end].
    #[arg(long, global = true, env = "OKNO_KEYS", help_heading = WHERE)]
    pub keys: Option<PathBuf>,
    /// PostgreSQL address; without it SQLite in the data folder.
    #[arg(long, global = true, env = "OKNO_DATABASE_URL", hide_env_values = true, help_heading = WHERE)]
    pub database_url: Option<String>,
    /// Mail server: smtp://user:password@host:port (STARTTLS) or smtps://…; without it no letters
    /// are sent (a demo writes them into a folder).
    #[arg(long, global = true, env = "OKNO_SMTP_URL", hide_env_values = true, help_heading = OUTSIDE)]
    pub smtp_url: Option<String>,
    /// Address that letters are from [default: okno@ and the host of the public address].
    #[arg(long, global = true, env = "OKNO_MAIL_FROM", help_heading = OUTSIDE)]
    pub mail_from: Option<String>,
    /// Mailbox whose letters become cases: `imaps://user:password@host:993/INBOX` (`imap://` to this
    /// machine alone); without it none is read.
    #[arg(long, global = true, env = "OKNO_MAILBOX_URL", hide_env_values = true, help_heading = OUTSIDE)]
    pub mailbox_url: Option<String>,
    /// Where documents lie: `s3://bucket/prefix?endpoint=https://…&region=…` [default: a folder of
    /// the data].
    #[arg(long, global = true, env = "OKNO_BLOBS_URL", help_heading = OUTSIDE)]
    pub blobs_url: Option<String>,
    /// Name of the bucket's key.
    #[arg(long, global = true, env = "OKNO_BLOBS_KEY", hide_env_values = true, help_heading = OUTSIDE)]
    pub blobs_key: Option<String>,
    /// The bucket's key; better in the environment or in the file than here.
    #[arg(long, global = true, env = "OKNO_BLOBS_SECRET", hide_env_values = true, help_heading = OUTSIDE)]
    pub blobs_secret: Option<String>,
    /// Token of the bot in MAX; better in the environment or in the file than here.
    #[arg(long, global = true, env = "OKNO_MAX_TOKEN", hide_env_values = true, help_heading = OUTSIDE)]
    pub max_token: Option<String>,
    /// Token of the bot in Telegram; better in the environment or in the file than here.
    #[arg(long, global = true, env = "OKNO_TELEGRAM_TOKEN", hide_env_values = true, help_heading = OUTSIDE)]
    pub telegram_token: Option<String>,
    /// What the voice assistant Alice has to know to be answered; better in the environment or in the
    /// file than here.
    #[arg(long, global = true, env = "OKNO_ALICE_SECRET", hide_env_values = true, help_heading = OUTSIDE)]
    pub alice_secret: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves the pages and the API.
    Serve(Serve),
    /// Accounts.
    #[command(subcommand)]
    User(User),
    /// Checks a proof or a receipt: no network, no store. 0 valid, 1 invalid, 2 unreadable,
    /// 3 consistent but no key given.
    Verify(Verify),
    /// The log.
    #[command(subcommand)]
    Log(Log),
    /// Takes a backup of everything but the keys, beside a running server.
    Backup {
        /// The folder of backups, best on another disk; each backup gets a folder of its own in it.
        folder: PathBuf,
    },
    /// Puts a backup into an empty store of either engine.
    Restore {
        /// The folder of one backup.
        folder: PathBuf,
        /// Only checks that the backup is whole.
        #[arg(long)]
        check: bool,
    },
    /// Carries cases over from another system.
    #[command(subcommand)]
    Import(Import),
    /// Writes everything in the open layout of docs/exchange-format.md, beside a running server.
    Export {
        /// The folder; it must not be there or be empty.
        folder: PathBuf,
        /// With personal data: names, contacts, texts, answers, documents. Without it only what
        /// anybody may know.
        #[arg(long, requires = "operator", requires = "reason")]
        personal: bool,
        /// E-mail of the administrator who takes personal data out; the journal says so.
        #[arg(long, requires = "personal")]
        operator: Option<String>,
        /// Why, for the journal.
        #[arg(long, requires = "personal")]
        reason: Option<String>,
    },
    /// Says when something is due and why.
    Explain(Explain),
    /// Prints one paper from standard input in a confined process; the server starts it itself.
    #[command(name = PRINT_WORKER, hide = true)]
    PrintWorker,
}

/// The word by which the server starts its printing process.
pub(crate) const PRINT_WORKER: &str = "print-worker";

/// How to serve.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Serve {
    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "OKNO_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// A bare start: no demo agencies, categories and staff in an empty store.
    #[arg(long, env = "OKNO_BARE", value_parser = clap::builder::FalseyValueParser::new())]
    pub bare: bool,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Makes an account; the password is read from standard input.
    Add {
        /// The e-mail to sign in with.
        #[arg(long)]
        email: String,
        /// What they are.
        #[arg(long)]
        role: RoleName,
        /// Code of the unit they work in.
        #[arg(long)]
        unit: Option<String>,
        /// Surname, name and patronymic as they are shown.
        #[arg(long)]
        name: Option<String>,
        /// Reads the password from standard input (the only way).
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

/// The roles by their names.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "lowercase")]
pub(crate) enum RoleName {
    /// Заявитель.
    Applicant,
    /// Оператор приёмной.
    Operator,
    /// Исполнитель.
    Specialist,
    /// Руководитель.
    Head,
    /// Администратор.
    Administrator,
}

impl From<RoleName> for base::Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Applicant => base::Role::Applicant,
            RoleName::Operator => base::Role::Operator,
            RoleName::Specialist => base::Role::Specialist,
            RoleName::Head => base::Role::Head,
            RoleName::Administrator => base::Role::Administrator,
        }
    }
}

/// What to verify.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The proof or receipt.
    pub file: PathBuf,
    /// The log's public key (`name+id+key`).
    #[arg(long, conflicts_with = "policy")]
    pub key: Option<String>,
    /// A policy file naming the keys that are believed.
    #[arg(long)]
    pub policy: Option<PathBuf>,
}

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Recomputes everything that entries commit to; names each fault.
    Fsck {
        /// Also reads the bytes of every document; without it they are only looked for.
        #[arg(long)]
        documents: bool,
    },
    /// Opens a new epoch after a restore or a move.
    NewEpoch {
        /// Why, for the log's own record.
        #[arg(long)]
        reason: String,
    },
    /// Prints the public key that proofs are verified with.
    Key,
}

/// What to carry over.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A city portal's appeals: `appeals.csv.gz` and `answers.csv.gz` in a folder, and beside them
    /// `timeline.csv.gz`, `reroutes.csv.gz`, `reclassified.csv.gz` where there is a history.
    Appeals {
        /// The folder.
        dir: PathBuf,
        /// Reads everything and writes nothing: says what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Where the report goes (JSON); all refused rows go into `refused.csv` beside it.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// A folder in the open layout of docs/exchange-format.md, an export or a list put together by
    /// hand: at the least `cases.csv` with six columns.
    Cases {
        /// The folder.
        dir: PathBuf,
        /// Reads and checks everything and writes nothing: says what would happen.
        #[arg(long)]
        dry_run: bool,
        /// The cases go on here as they stood: terms are watched and closed cases can be opened
        /// again. Without it they rest.
        #[arg(long)]
        awake: bool,
        /// Code of the service for cases that name none.
        #[arg(long, default_value = "complaint")]
        service: String,
        /// Where the report goes (JSON); all refused rows go into `refused.csv` beside it.
        #[arg(long)]
        report: Option<PathBuf>,
    },
}

/// What to explain.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Number of a case; or nothing, with --regime and --received.
    pub number: Option<String>,
    /// The order by law: `fz59`, `fz59_proposal`, `fz8`, `pos`, `signal` …
    #[arg(long, default_value = "fz59")]
    pub regime: String,
    /// The term.
    #[arg(long, default_value = "answer")]
    pub term: String,
    /// When it was received, like 2026-11-21T10:42 in the agency's zone [default: now].
    #[arg(long)]
    pub received: Option<String>,
    /// Lists every rule instead.
    #[arg(long)]
    pub list: bool,
    /// Language of the words: ru or en.
    #[arg(long, default_value = "ru")]
    pub language: String,
}
