//! A file system in memory that can be told to fail: one folder, its files, nothing else. What has
//! no name any more stays until the end, for who still looks at it.

use fuser::{
    Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo,
    InitFlags, KernelConfig, LockOwner, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData,
    ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyWrite, Request, SessionACL, TimeOrNow,
    WriteFlags,
};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

/// What it does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    WriteFails,
    WriteIsFull,
    WritesAreShort,
    CloseFails,
    SyncFailsOnce,
    FolderSyncFails,
    RenameFails,
    RoomIsRefused,
}

pub const FAULTS: [Fault; 8] = [
    Fault::WriteFails,
    Fault::WriteIsFull,
    Fault::WritesAreShort,
    Fault::CloseFails,
    Fault::SyncFailsOnce,
    Fault::FolderSyncFails,
    Fault::RenameFails,
    Fault::RoomIsRefused,
];

struct Inode {
    data: Vec<u8>,
    mode: u16,
    changed: SystemTime,
}

/// What is on the "disk".
pub struct Disk {
    pub fault: Fault,
    names: BTreeMap<Vec<u8>, u64>,
    inodes: BTreeMap<u64, Inode>,
    next: u64,
    /// The files that were synced, in order, with whether that went well.
    pub syncs: Vec<(u64, bool)>,
}

impl Disk {
    /// The bytes of the file called `name`.
    pub fn read(&self, name: &str) -> Option<&[u8]> {
        Some(&self.inodes.get(self.names.get(name.as_bytes())?)?.data)
    }

    pub fn names(&self) -> Vec<String> {
        self.names.keys().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
    }

    fn add(&mut self, name: &[u8], data: Vec<u8>, mode: u16) -> u64 {
        self.next += 1;
        let inode = Inode { data, mode, changed: SystemTime::now() };
        self.inodes.insert(self.next, inode);
        self.names.insert(name.to_vec(), self.next);
        self.next
    }

    fn attributes(&self, at: u64) -> Result<FileAttr, Errno> {
        let epoch = SystemTime::UNIX_EPOCH;
        let mut attributes = FileAttr {
            ino: INodeNo(at),
            size: 0,
            blocks: 0,
            atime: epoch,
            mtime: epoch,
            ctime: epoch,
            crtime: epoch,
            kind: FileType::Directory,
            perm: 0o755,
            nlink: 2,
            uid: rustix::process::geteuid().as_raw(),
            gid: rustix::process::getegid().as_raw(),
            rdev: 0,
            blksize: 4096,
            flags: 0,
        };
        if at == 1 {
            return Ok(attributes);
        }
        let inode = self.inodes.get(&at).ok_or(Errno::ENOENT)?;
        attributes.kind = FileType::RegularFile;
        attributes.size = inode.data.len() as u64;
        attributes.perm = inode.mode;
        attributes.mtime = inode.changed;
        attributes.nlink = self.names.values().filter(|it| **it == at).count() as u32;
        Ok(attributes)
    }
}

#[derive(Clone)]
pub struct Shared(Arc<Mutex<Disk>>);

impl Shared {
    /// A disk with one file on it.
    pub fn new(name: &str, data: &[u8]) -> Self {
        let mut disk = Disk {
            fault: Fault::None,
            names: BTreeMap::new(),
            inodes: BTreeMap::new(),
            next: 1,
            syncs: Vec::new(),
        };
        disk.add(name.as_bytes(), data.to_vec(), 0o644);
        Self(Arc::new(Mutex::new(disk)))
    }

    pub fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap()
    }

    /// Mounts it; unmounted when dropped. `None` where that is not possible here.
    pub fn mount(&self, at: &Path) -> Option<fuser::BackgroundSession> {
        std::fs::create_dir_all(at).ok()?;
        let mut config = Config::default();
        config.acl = SessionACL::All;
        fuser::spawn_mount(self.clone(), at, &config).ok()
    }
}

const NOW: Duration = Duration::ZERO;

impl Filesystem for Shared {
    fn init(&mut self, _: &Request, config: &mut KernelConfig) -> std::io::Result<()> {
        // Locks are asked of us, and we say yes to everybody.
        let _old_kernel = config.add_capabilities(InitFlags::FUSE_FLOCK_LOCKS);
        Ok(())
    }

    fn lookup(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let disk = self.disk();
        let found = disk.names.get(name.as_encoded_bytes()).copied();
        match found.map(|at| disk.attributes(at)) {
            Some(Ok(attributes)) => reply.entry(&NOW, &attributes, Generation(0)),
            _ => reply.error(Errno::ENOENT),
        }
    }

    fn getattr(&self, _: &Request, at: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.disk().attributes(at.0) {
            Ok(attributes) => reply.attr(&NOW, &attributes),
            Err(errno) => reply.error(errno),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        at: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut disk = self.disk();
        if let Some(inode) = disk.inodes.get_mut(&at.0) {
            inode.mode = mode.map_or(inode.mode, |mode| (mode & 0o7777) as u16);
            if let Some(size) = size {
                inode.data.resize(size as usize, 0);
                inode.changed = SystemTime::now();
            }
        }
        match disk.attributes(at.0) {
            Ok(attributes) => reply.attr(&NOW, &attributes),
            Err(errno) => reply.error(errno),
        }
    }

    fn unlink(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let mut disk = self.disk();
        if disk.names.remove(name.as_encoded_bytes()).is_none() {
            return reply.error(Errno::ENOENT);
        }
        reply.ok();
    }

    fn rename(
        &self,
        _: &Request,
        _: INodeNo,
        from: &OsStr,
        _: INodeNo,
        to: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        let mut disk = self.disk();
        if disk.fault == Fault::RenameFails {
            return reply.error(Errno::EIO);
        }
        let (from, to) = (from.as_encoded_bytes().to_vec(), to.as_encoded_bytes().to_vec());
        let Some(moved) = disk.names.get(&from).copied() else { return reply.error(Errno::ENOENT) };
        let there = disk.names.get(&to).copied();
        if flags.contains(RenameFlags::RENAME_NOREPLACE) && there.is_some() {
            return reply.error(Errno::EEXIST);
        }
        disk.names.remove(&from);
        if flags.contains(RenameFlags::RENAME_EXCHANGE) {
            let Some(there) = there else {
                disk.names.insert(from, moved);
                return reply.error(Errno::ENOENT);
            };
            disk.names.insert(from, there);
        }
        disk.names.insert(to, moved);
        reply.ok();
    }

    fn link(&self, _: &Request, at: INodeNo, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let mut disk = self.disk();
        disk.names.insert(name.as_encoded_bytes().to_vec(), at.0);
        match disk.attributes(at.0) {
            Ok(attributes) => reply.entry(&NOW, &attributes, Generation(0)),
            Err(errno) => reply.error(errno),
        }
    }

    fn open(&self, _: &Request, at: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        reply.opened(FileHandle(at.0), FopenFlags::FOPEN_DIRECT_IO);
    }

    fn create(
        &self,
        _: &Request,
        _: INodeNo,
        name: &OsStr,
        mode: u32,
        _: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        let mut disk = self.disk();
        let at = disk.add(name.as_encoded_bytes(), Vec::new(), (mode & 0o7777) as u16);
        match disk.attributes(at) {
            Ok(attributes) => reply.created(
                &NOW,
                &attributes,
                Generation(0),
                FileHandle(at),
                FopenFlags::FOPEN_DIRECT_IO,
            ),
            Err(errno) => reply.error(errno),
        }
    }

    fn read(
        &self,
        _: &Request,
        at: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let disk = self.disk();
        let data = disk.inodes.get(&at.0).map(|it| it.data.as_slice()).unwrap_or_default();
        let from = (offset as usize).min(data.len());
        let to = (from + size as usize).min(data.len());
        reply.data(&data[from..to]);
    }

    fn write(
        &self,
        _: &Request,
        at: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let mut disk = self.disk();
        let data = match disk.fault {
            Fault::WriteFails => return reply.error(Errno::EIO),
            Fault::WriteIsFull => return reply.error(Errno::ENOSPC),
            Fault::WritesAreShort => &data[..data.len().div_ceil(2)],
            _ => data,
        };
        let Some(inode) = disk.inodes.get_mut(&at.0) else { return reply.error(Errno::ENOENT) };
        let (from, to) = (offset as usize, offset as usize + data.len());
        if inode.data.len() < to {
            inode.data.resize(to, 0);
        }
        inode.data[from..to].copy_from_slice(data);
        inode.changed = SystemTime::now();
        reply.written(data.len() as u32);
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        if self.disk().fault == Fault::CloseFails { reply.error(Errno::EIO) } else { reply.ok() }
    }

    fn release(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        _: OpenFlags,
        _: Option<LockOwner>,
        _: bool,
        reply: ReplyEmpty,
    ) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, at: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let mut disk = self.disk();
        let fails = disk.fault == Fault::SyncFailsOnce && disk.syncs.iter().all(|it| it.1);
        disk.syncs.push((at.0, !fails));
        if fails { reply.error(Errno::EIO) } else { reply.ok() }
    }

    fn fsyncdir(&self, _: &Request, _: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let fails = self.disk().fault == Fault::FolderSyncFails;
        if fails { reply.error(Errno::EIO) } else { reply.ok() }
    }

    fn fallocate(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        _: u64,
        _: u64,
        _: i32,
        reply: ReplyEmpty,
    ) {
        let fails = self.disk().fault == Fault::RoomIsRefused;
        reply.error(if fails { Errno::ENOSPC } else { Errno::EOPNOTSUPP });
    }

    fn readdir(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        from: u64,
        mut reply: ReplyDirectory,
    ) {
        let disk = self.disk();
        let names = disk.names.iter().enumerate().skip(from as usize);
        for (at, (name, inode)) in names {
            let name = String::from_utf8_lossy(name).into_owned();
            if reply.add(INodeNo(*inode), at as u64 + 1, FileType::RegularFile, name) {
                break;
            }
        }
        reply.ok();
    }

    fn access(&self, _: &Request, _: INodeNo, _: fuser::AccessFlags, reply: ReplyEmpty) {
        reply.ok();
    }

    fn setlk(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        _: LockOwner,
        _: u64,
        _: u64,
        _: i32,
        _: u32,
        _: bool,
        reply: ReplyEmpty,
    ) {
        reply.ok();
    }
}
