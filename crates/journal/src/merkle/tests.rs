//! The tree against known vectors and against the definition of RFC 6962, written out naively.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;

fn hex(text: &str) -> Hash {
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    hash
}

/// The eight leaves of the well-known test tree.
fn known_leaves() -> Vec<Hash> {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    entries.iter().map(|entry| leaf_hash(entry)).collect()
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// The definition of RFC 6962, word for word.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(naive_split(leaves.len()));
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

fn naive_split(length: usize) -> usize {
    let mut k = 1;
    while k * 2 < length {
        k *= 2;
    }
    k
}

fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = naive_split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) = if index < k {
        (naive_path(index, left), naive_root(right))
    } else {
        (naive_path(index - k, right), naive_root(left))
    };
    path.push(sibling);
    path
}

fn naive_consistency(from: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if from == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            vec![naive_root(leaves)]
        };
    }
    let k = naive_split(leaves.len());
    let (left, right) = leaves.split_at(k);
    if from <= k {
        let mut path = naive_consistency(from, left, whole);
        path.push(naive_root(right));
        path
    } else {
        let mut path = naive_consistency(from - k, right, false);
        path.push(naive_root(left));
        path
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "stands for a source that can fail"
)]
fn subtree(leaves: &[Hash], level: u8, index: u64) -> Result<Hash, Infallible> {
    let (width, index) = (1_usize << level, usize::try_from(index).unwrap());
    Ok(naive_root(&leaves[index * width..(index + 1) * width]))
}

#[test]
fn known_roots() {
    let leaves = known_leaves();
    let roots = [
        (
            2,
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        ),
        (
            3,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ),
        (
            7,
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        ),
        (
            8,
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];
    for (size, expected) in roots {
        assert_eq!(root(&leaves[..size]), hex(expected), "{size}");
    }
    let first = root(&leaves[..1]);
    assert_eq!((first[0], first[1], first[31]), (0x6e, 0x34, 0x1d));
}

#[test]
fn known_inclusion_of_leaf_5_in_7() {
    let leaves = known_leaves();
    let path = inclusion_path(5, 7, |l, i| subtree(&leaves, l, i)).unwrap();
    let expected = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(path, expected.map(hex));
    assert!(verify_inclusion(
        &leaves[5],
        5,
        7,
        &path,
        &root(&leaves[..7])
    ));
}

#[test]
fn known_consistency_3_to_7() {
    let leaves = known_leaves();
    let path = consistency_path(3, 7, |l, i| subtree(&leaves, l, i)).unwrap();
    let expected = [
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e",
    ];
    assert_eq!(path, expected.map(hex));
    assert!(verify_consistency(
        3,
        &root(&leaves[..3]),
        7,
        &root(&leaves[..7]),
        &path
    ));
}

#[test]
fn nothing_outside_the_tree_is_proved() {
    let none = |_, _| Ok::<_, Infallible>([0; 32]);
    assert_eq!(inclusion_path(3, 3, none), Err(TreeError::OutOfRange));
    assert_eq!(consistency_path(0, 3, none), Err(TreeError::OutOfRange));
    assert_eq!(consistency_path(4, 3, none), Err(TreeError::OutOfRange));
    assert!(!verify_inclusion(&[0; 32], 0, 0, &[], &empty_root()));
    assert!(!verify_consistency(0, &empty_root(), 0, &empty_root(), &[]));
    assert!(!verify_consistency(
        u64::MAX,
        &[0; 32],
        u64::MAX - 1,
        &[0; 32],
        &[]
    ));
    assert!(!verify_inclusion(
        &[0; 32],
        u64::MAX - 1,
        u64::MAX,
        &[[0; 32]; 70],
        &[0; 32]
    ));
}

proptest! {
    #[test]
    fn trees_agree_with_the_definition(size in 0_u64..260) {
        let leaves = leaves(size);
        let expected = naive_root(&leaves);
        prop_assert_eq!(root(&leaves), expected);
        let subtree = |l, i| subtree(&leaves, l, i);
        prop_assert_eq!(root_of(size, subtree).unwrap(), expected);
        let mut restored = Frontier::restore(size, subtree).unwrap();
        prop_assert_eq!(restored.root(), expected);
        let mut completed = Vec::new();
        restored.append_with([7; 32], |level, index, hash| completed.push((level, index, hash)));
        let mut longer = leaves.clone();
        longer.push([7; 32]);
        prop_assert_eq!(restored.root(), naive_root(&longer));
        for (level, index, hash) in completed {
            prop_assert_eq!(self::subtree(&longer, level, index).unwrap(), hash);
        }
    }

    #[test]
    fn inclusion_agrees_with_the_definition(size in 1_u64..200, at in any::<u64>(), flip in any::<usize>()) {
        let index = at % size;
        let leaves = leaves(size);
        let tree = naive_root(&leaves);
        let place = usize::try_from(index).unwrap();
        let mut path = inclusion_path(index, size, |l, i| subtree(&leaves, l, i)).unwrap();
        prop_assert_eq!(&path, &naive_path(place, &leaves));
        prop_assert!(verify_inclusion(&leaves[place], index, size, &path, &tree));
        prop_assert!(size == 1 || !verify_inclusion(&leaves[place], (index + 1) % size, size, &path, &tree));
        if !path.is_empty() {
            let wrong = flip % path.len();
            path[wrong][flip % 32] ^= 1;
            prop_assert!(!verify_inclusion(&leaves[place], index, size, &path, &tree));
            path.pop();
            prop_assert!(!verify_inclusion(&leaves[place], index, size, &path, &tree));
        }
    }

    #[test]
    fn consistency_agrees_with_the_definition(to in 1_u64..200, at in any::<u64>(), flip in any::<usize>()) {
        let from = 1 + at % to;
        let leaves = leaves(to);
        let old = naive_root(&leaves[..usize::try_from(from).unwrap()]);
        let new = naive_root(&leaves);
        let mut path = consistency_path(from, to, |l, i| subtree(&leaves, l, i)).unwrap();
        prop_assert_eq!(&path, &naive_consistency(usize::try_from(from).unwrap(), &leaves, true));
        prop_assert!(verify_consistency(from, &old, to, &new, &path));
        if !path.is_empty() {
            let wrong = flip % path.len();
            path[wrong][flip % 32] ^= 1;
            prop_assert!(!verify_consistency(from, &old, to, &new, &path));
        }
    }
}
