/*
 * A file layer that forgets: what a program wrote and did not sync is gone when it is killed.
 *
 * A plain kill -9 proves little about durability, because the kernel keeps what was written. Loaded with
 * LD_PRELOAD, this library keeps every change of a regular file under OKNO_LOSSY_DIR in the memory of the
 * process, and hands it to the kernel only when that file is synced (fsync, fdatasync). So SIGKILL, and
 * any other end of the process, does to the files what a power cut may do.
 *
 *   OKNO_LOSSY_DIR           the folder, without symbolic links and without a slash at its end
 *   OKNO_LOSSY_IGNORE_SYNC   the mutant: syncs of a write-ahead log (*-wal) say yes and do nothing, which is
 *                            what PRAGMA synchronous = NORMAL amounts to between two checkpoints
 *   OKNO_LOSSY_DELAY_SYNC_MS each sync takes so long, as on a slow disk
 *
 * What it promises: within the process, reads, sizes and positions see the unsynced bytes, through any
 * descriptor of the file. What it leaves out, and why that is enough here:
 *   - names are durable at once: creating, emptying, renaming and removing pass through. A file that is renamed before
 *     it was synced keeps only what was synced, as on a real disk; a removed file's bytes are dropped.
 *   - `*-shm` files pass through: SQLite maps them and rebuilds them at the next start.
 *   - mmap of other files isn't seen (SQLite is set to mmap_size = 0).
 *   - one process at a time: a second one would not see what the first holds back.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, BUCKETS = 1024 };

/* A file with changes: its whole content as the process sees it, and which pages the kernel hasn't got. */
struct image {
    dev_t dev;
    ino_t ino;
    int is_wal;
    char *bytes;
    unsigned char *dirty; /* one per page */
    size_t size, room;
    struct image *next;
};

static struct image *images[BUCKETS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int ignore_wal_sync;
static long delay_ms;

/* The function of the C library that stands behind one of ours. */
#define REAL(name) ({ static __typeof__(&name) real_; if (!real_) real_ = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real_; })

__attribute__((constructor)) static void begin(void) {
    folder = getenv("OKNO_LOSSY_DIR");
    ignore_wal_sync = getenv("OKNO_LOSSY_IGNORE_SYNC") != NULL;
    const char *delay = getenv("OKNO_LOSSY_DELAY_SYNC_MS");
    delay_ms = delay ? atol(delay) : 0;
}

static void give_up(const char *why) {
    fprintf(stderr, "lossy: %s\n", why);
    abort();
}

static int ends_with(const char *text, const char *end) {
    size_t a = strlen(text), b = strlen(end);
    return a >= b && strcmp(text + a - b, end) == 0;
}

static struct image **place_of(dev_t dev, ino_t ino) {
    struct image **at = &images[(ino ^ dev) % BUCKETS];
    while (*at && ((*at)->ino != ino || (*at)->dev != dev)) at = &(*at)->next;
    return at;
}

/* The image of what `fd` stands for; none for what isn't ours or was never changed. Needs the lock. */
static struct image *image_of(int fd) {
    struct stat st;
    if (!folder || REAL(fstat)(fd, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
    return *place_of(st.st_dev, st.st_ino);
}

static void grow(struct image *im, size_t size) {
    if (size > im->room) {
        size_t pages = im->room / PAGE, room = im->room ? im->room : 16 * PAGE;
        while (room < size) room *= 2;
        im->bytes = realloc(im->bytes, room);
        im->dirty = realloc(im->dirty, room / PAGE);
        if (!im->bytes || !im->dirty) give_up("out of memory");
        memset(im->bytes + im->room, 0, room - im->room);
        memset(im->dirty + pages, 0, room / PAGE - pages);
        im->room = room;
    }
    if (size > im->size) im->size = size;
}

/* The image of a file that is about to change; none when the file isn't ours. Needs the lock. */
static struct image *changing(int fd) {
    struct stat st;
    char link[64], path[PATH_MAX];
    if (!folder || REAL(fstat)(fd, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
    struct image **at = place_of(st.st_dev, st.st_ino);
    if (*at) return *at;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    size_t under = strlen(folder);
    if (strncmp(path, folder, under) != 0 || path[under] != '/' || ends_with(path, "-shm")) return NULL;
    struct image *im = calloc(1, sizeof *im);
    if (!im) give_up("out of memory");
    im->dev = st.st_dev;
    im->ino = st.st_ino;
    im->is_wal = ends_with(path, "-wal");
    grow(im, st.st_size);
    /* The descriptor at hand may be for writing only. */
    int from = REAL(open)(link, O_RDONLY | O_CLOEXEC);
    for (size_t done = 0; from >= 0 && done < im->size;) {
        ssize_t n = REAL(pread)(from, im->bytes + done, im->size - done, done);
        if (n <= 0) give_up("a file cannot be read");
        done += n;
    }
    if (from < 0) give_up("a file cannot be opened for reading");
    REAL(close)(from);
    *at = im;
    return im;
}

static void put(struct image *im, const void *from, size_t n, off_t at) {
    if (n == 0) return;
    grow(im, at + n);
    memcpy(im->bytes + at, from, n);
    memset(im->dirty + at / PAGE, 1, (at + n - 1) / PAGE - at / PAGE + 1);
}

static ssize_t take(const struct image *im, void *to, size_t n, off_t at) {
    if (at < 0 || (size_t)at >= im->size) return 0;
    if (n > im->size - at) n = im->size - at;
    memcpy(to, im->bytes + at, n);
    return n;
}

/* Removed or replaced names may leave an inode number for reuse: its image must not outlive it. */
static void forget(int at, const char *path) {
    struct stat st;
    if (!folder || fstatat(at, path, &st, AT_SYMLINK_NOFOLLOW) != 0 || st.st_nlink > 1) return;
    pthread_mutex_lock(&lock);
    struct image **place = place_of(st.st_dev, st.st_ino), *gone = *place;
    if (gone) {
        *place = gone->next;
        free(gone->bytes);
        free(gone->dirty);
        free(gone);
    }
    pthread_mutex_unlock(&lock);
}

/* ------------------------------------------------------------------ writing, reading, positions */

ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
    pthread_mutex_lock(&lock);
    struct image *im = changing(fd);
    if (im) put(im, from, n, at);
    pthread_mutex_unlock(&lock);
    return im ? (ssize_t)n : REAL(pwrite)(fd, from, n, at);
}

ssize_t pread(int fd, void *to, size_t n, off_t at) {
    pthread_mutex_lock(&lock);
    struct image *im = image_of(fd);
    ssize_t got = im ? take(im, to, n, at) : 0;
    pthread_mutex_unlock(&lock);
    return im ? got : REAL(pread)(fd, to, n, at);
}

/* The kernel keeps the position of each descriptor, also where it knows of no bytes. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t sum = 0;
    pthread_mutex_lock(&lock);
    struct image *im = changing(fd);
    if (im) {
        int appends = fcntl(fd, F_GETFL) & O_APPEND;
        off_t at = appends ? (off_t)im->size : REAL(lseek)(fd, 0, SEEK_CUR);
        for (int i = 0; i < count; i++) {
            put(im, parts[i].iov_base, parts[i].iov_len, at + sum);
            sum += parts[i].iov_len;
        }
        REAL(lseek)(fd, at + sum, SEEK_SET);
    }
    pthread_mutex_unlock(&lock);
    return im ? sum : REAL(writev)(fd, parts, count);
}

ssize_t write(int fd, const void *from, size_t n) {
    pthread_mutex_lock(&lock);
    struct image *im = changing(fd);
    pthread_mutex_unlock(&lock);
    if (!im) return REAL(write)(fd, from, n);
    struct iovec part = {(void *)from, n};
    return writev(fd, &part, 1);
}

ssize_t read(int fd, void *to, size_t n) {
    ssize_t got = 0;
    pthread_mutex_lock(&lock);
    struct image *im = image_of(fd);
    if (im) {
        off_t at = REAL(lseek)(fd, 0, SEEK_CUR);
        got = take(im, to, n, at);
        REAL(lseek)(fd, at + got, SEEK_SET);
    }
    pthread_mutex_unlock(&lock);
    return im ? got : REAL(read)(fd, to, n);
}

off_t lseek(int fd, off_t by, int whence) {
    pthread_mutex_lock(&lock);
    struct image *im = whence == SEEK_END ? image_of(fd) : NULL;
    off_t size = im ? (off_t)im->size : 0;
    pthread_mutex_unlock(&lock);
    return im ? REAL(lseek)(fd, size + by, SEEK_SET) : REAL(lseek)(fd, by, whence);
}

int ftruncate(int fd, off_t size) {
    pthread_mutex_lock(&lock);
    struct image *im = changing(fd);
    if (im && (size_t)size < im->size) {
        memset(im->bytes + size, 0, im->size - size);
        /* Should it grow again before it is synced, the kernel's old bytes must not come back. */
        memset(im->dirty + size / PAGE, 1, (im->size - 1) / PAGE - size / PAGE + 1);
        im->size = size;
    } else if (im) {
        grow(im, size);
    }
    pthread_mutex_unlock(&lock);
    return im ? 0 : REAL(ftruncate)(fd, size);
}

/* ------------------------------------------------------------------ syncing */

static int sync_file(int fd) {
    if (folder && delay_ms) {
        struct timespec pause = {delay_ms / 1000, delay_ms % 1000 * 1000000};
        nanosleep(&pause, NULL);
    }
    pthread_mutex_lock(&lock);
    struct image *im = image_of(fd);
    if (im && !(im->is_wal && ignore_wal_sync)) {
        for (size_t page = 0; page * PAGE < im->size; page++) {
            size_t at = page * PAGE, n = im->size - at < PAGE ? im->size - at : PAGE;
            if (im->dirty[page] && REAL(pwrite)(fd, im->bytes + at, n, at) != (ssize_t)n) give_up("a write failed");
            im->dirty[page] = 0;
        }
        if (REAL(ftruncate)(fd, im->size) != 0) give_up("a file cannot be cut");
    }
    pthread_mutex_unlock(&lock);
    /* The process alone dies here, not the machine: the kernel's own sync would only cost time. */
    return im ? 0 : REAL(fsync)(fd);
}

int fsync(int fd) { return sync_file(fd); }
int fdatasync(int fd) { return sync_file(fd); }

/* ------------------------------------------------------------------ names and sizes */

static int opened(int fd, int flags) {
    int problem = errno;
    if (fd >= 0 && flags & O_TRUNC) ftruncate(fd, 0);
    errno = problem;
    return fd;
}

#define MODE(flags) ({ mode_t m_ = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list v_; va_start(v_, flags); m_ = va_arg(v_, mode_t); va_end(v_); } m_; })

int open(const char *path, int flags, ...) { return opened(REAL(open)(path, flags, MODE(flags)), flags); }
int openat(int at, const char *path, int flags, ...) { return opened(REAL(openat)(at, path, flags, MODE(flags)), flags); }
int unlink(const char *path) { forget(AT_FDCWD, path); return REAL(unlink)(path); }
int unlinkat(int at, const char *path, int flags) { forget(at, path); return REAL(unlinkat)(at, path, flags); }
int rename(const char *from, const char *to) { forget(AT_FDCWD, to); return REAL(rename)(from, to); }

static void correct(dev_t dev, ino_t ino, mode_t mode, off_t *size) {
    if (!folder || !S_ISREG(mode)) return;
    pthread_mutex_lock(&lock);
    struct image *im = *place_of(dev, ino);
    if (im) *size = im->size;
    pthread_mutex_unlock(&lock);
}

#define STAT(call) int done = call; if (done == 0) correct(st->st_dev, st->st_ino, st->st_mode, &st->st_size); return done
int fstat(int fd, struct stat *st) { STAT(REAL(fstat)(fd, st)); }
int stat(const char *path, struct stat *st) { STAT(REAL(stat)(path, st)); }
int lstat(const char *path, struct stat *st) { STAT(REAL(lstat)(path, st)); }

int statx(int at, const char *path, int flags, unsigned mask, struct statx *st) {
    int done = REAL(statx)(at, path, flags, mask, st);
    if (done == 0) {
        off_t size = st->stx_size;
        correct(makedev(st->stx_dev_major, st->stx_dev_minor), st->stx_ino, st->stx_mode, &size);
        st->stx_size = size;
    }
    return done;
}

/* On 64-bit machines the names with 64 mean the same functions. */
_Static_assert(sizeof(off_t) == 8, "build for a 64-bit machine");
#define ALSO(name) __typeof__(name##64) name##64 __attribute__((alias(#name)))
ALSO(pwrite);
ALSO(pread);
ALSO(lseek);
ALSO(ftruncate);
ALSO(open);
ALSO(openat);
ALSO(fstat);
ALSO(stat);
ALSO(lstat);
