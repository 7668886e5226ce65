//! Confinement: what the printing process takes away from itself before it reads anything. Each
//! wall stands alone: no new open file at all (a file, a socket and a pipe all need one), nothing
//! written that is larger than nothing, no core, little memory, little time; and where the kernel
//! knows Landlock, no file system, no network and no signals either.

use landlock::{ABI, Access, AccessFs, AccessNet, RulesetAttr, RulesetError, RulesetStatus, Scope};
use rustix::process::{Resource, Rlimit, setrlimit};

/// The most memory that printing may take, in bytes.
pub const MEMORY: u64 = 256 * 1024 * 1024;
/// The most seconds of a processor that printing may take.
pub const CPU_SECONDS: u64 = 5;
/// The most addresses; the program itself and its fonts are counted here.
const ADDRESSES: u64 = 2 * 1024 * 1024 * 1024;

/// Confines this process for the rest of its life. Says whether the kernel keeps the walls of
/// Landlock too.
pub(crate) fn confine() -> Result<bool, String> {
    let landlocked = landlock().map_err(|error| format!("landlock: {error}"))?;
    let walls = [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 0),
        (Resource::Data, MEMORY),
        (Resource::As, ADDRESSES),
        (Resource::Cpu, CPU_SECONDS),
    ];
    for (resource, most) in walls {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).map_err(|error| format!("{resource:?}: {error}"))?;
    }
    Ok(landlocked)
}

/// Everything that Landlock can deny is denied, as far as this kernel can.
fn landlock() -> Result<bool, RulesetError> {
    let newest = ABI::V6;
    let status = landlock::Ruleset::default()
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// The name of the test that runs inside.
    const INSIDE: &str = "confine::tests::inside_nothing_can_be_reached";

    #[test]
    fn a_confined_process_reaches_nothing() {
        let ourselves = std::env::current_exe().unwrap();
        let inside = Command::new(ourselves)
            .args([INSIDE, "--exact", "--ignored", "--nocapture"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&inside.stdout);
        assert!(said.contains("nothing was reached"), "{inside:?}");
        if !said.contains("landlocked: true") {
            println!("skipped: this kernel has no Landlock");
        }
    }

    #[test]
    #[ignore = "confines the whole process; the test above starts it in one of its own"]
    fn inside_nothing_can_be_reached() {
        let folder = std::env::temp_dir();
        let landlocked = confine().unwrap();
        println!("landlocked: {landlocked}");
        assert!(std::fs::read("/etc/passwd").is_err());
        assert!(std::fs::read_dir("/").is_err());
        assert!(std::fs::write(folder.join("okno-confined"), "a").is_err());
        assert!(std::net::TcpListener::bind("127.0.0.1:0").is_err());
        assert!(std::net::TcpStream::connect("127.0.0.1:1").is_err());
        assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_err());
        assert!(Command::new("/bin/true").spawn().is_err());
        println!("nothing was reached");
    }
}
