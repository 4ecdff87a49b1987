"""The sandbox of a process that reads a file: without other files, network and processes.

Landlock (kernel.org, "Landlock: unprivileged access control") refuses files and TCP, and seccomp
("Seccomp BPF") system calls; neither can be taken back. Threads stay possible: Typst needs them.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_NO_NEW_PRIVILEGES, _DUMPABLE = 38, 4

# Landlock's calls, which have the same numbers on all machines.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
# The number of kinds of access to files by version: 2 added linking, 3 truncating, 5 devices.
_FILE_ACCESS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_ACCESS_NOW = 16
_ALL_TCP, _SCOPES = 0b11, 0b11

# Seccomp: the refused calls, with their numbers on x86-64 and on ARM64.
_SECCOMP = {"x86_64": (317, 0xC000003E, 0), "aarch64": (277, 0xC00000B7, 1)}
_REFUSED = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "setpriority": (141, 140), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122), "sched_setattr": (314, 274),
    "ioprio_set": (251, 30), "kcmp": (312, 272), "io_uring_setup": (425, 425), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "unshare": (272, 97),
    "setns": (308, 268), "mount": (165, 40), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "unlink": (87, None), "unlinkat": (263, 35), "rmdir": (84, None),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "truncate": (76, 45),
    "chmod": (90, None), "fchmodat": (268, 53), "fchmodat2": (452, 452), "fchmod": (91, 52),
    # Calls on readable files that Landlock does not see.
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469),
    # Calls by which root changes the whole machine.
    "chroot": (161, 51), "pivot_root": (155, 41), "umount2": (166, 39), "fsopen": (430, 430),
    "fspick": (433, 433), "open_tree": (428, 428), "move_mount": (429, 429),
    "mount_setattr": (442, 442), "sethostname": (170, 161), "setdomainname": (171, 162),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "reboot": (169, 142), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89),
    # Objects that outlive the process, and that a user's processes share.
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186),
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "semget": (64, 190),
    "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191), "mq_open": (240, 180),
    "mq_unlink": (241, 181),
}  # fmt: skip
# Of these, the calls that a writable folder needs.
_DELETING = frozenset(
    ("unlink", "unlinkat", "rmdir", "rename", "renameat", "renameat2", "truncate", "chmod")
)
# Allowed depending on the first argument: a thread, own limits, a signal to oneself.
_CLONE, _PRLIMIT, _TGKILL, _CLONE3 = (56, 220), (302, 261), (234, 131), (435, 435)
_THREAD = 0x10000
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT, _OTHER_ABI = 0, 4, 16, 0x40000000
_ALL_THREADS = 1

Instruction = tuple[int, int, int, int]


def lacking() -> list[str]:
    """Return what the system cannot refuse: "files", "TCP" (Landlock), "system calls" (seccomp)."""
    version = _landlock_version()
    found = {"files": version >= 1, "TCP": version >= 4, "system calls": _machine() is not None}
    return [name for name, is_there in found.items() if not is_there]


def hide_from_other_processes() -> None:
    """Let no process of the same user read this one's memory and environment (prctl(2))."""
    if sys.platform == "linux":
        _libc().prctl(_DUMPABLE, 0, 0, 0, 0)


def enter(readable: Iterable[str] = (), folder: str = "") -> None:
    """Confine this process: from here on it reads only the interpreter, the packages and what is
    `readable`, and writes only in `folder`, if given."""
    if sys.platform != "linux":
        return
    _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    own = [str(_HERE), str(_HERE.parent / "fonts")]
    system = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/localtime"]
    system += ["/etc/ld.so.cache", "/dev/null", "/dev/urandom"]
    _refuse_files([*own, sys.prefix, sys.base_prefix, *system, *readable], folder)
    # With Landlock, deleting outside of the folder is refused already.
    _refuse_calls(_DELETING if folder and _landlock_version() else frozenset())


def _refuse_files(readable: Sequence[str], folder: str) -> None:
    version = _landlock_version()
    if version < 1:
        return
    files = (1 << _FILE_ACCESS.get(version, _FILE_ACCESS_NOW)) - 1
    known = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}.get(version, 3)
    rules = struct.pack(f"={known}Q", *(files, _ALL_TCP, _SCOPES)[:known])
    ruleset = _call(_CREATE_RULESET, rules, len(rules), 0)
    for path in [*readable, folder] if folder else readable:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        reading = _READ_FILE | (_READ_FOLDER if os.path.isdir(path) else 0)
        access = files & ~_EXECUTE if path == folder else reading
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", access, place), 0)
        os.close(place)
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _refuse_calls(allowed: Collection[str]) -> None:
    machine = _machine()
    if machine is None:
        return
    call, code, column = machine
    program = b"".join(
        struct.pack("=HBBI", *instruction) for instruction in _program(code, column, allowed)
    )
    kept = ctypes.create_string_buffer(program)
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))
    _call(call, 1, _ALL_THREADS, header)


def _program(code: int, column: int, allowed: Collection[str]) -> list[Instruction]:
    """Return the classic BPF program over (number, machine, arguments) of a call."""
    refused = [
        numbers[column]
        for name, numbers in _REFUSED.items()
        if numbers[column] is not None and name not in allowed
    ]
    program: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, code),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        # Numbers of another ABI of the same machine (x32).
        (_AT_LEAST, 0, 1, _OTHER_ABI),
        (_RETURN, 0, 0, _REFUSE),
        # As if it did not exist: the C library then takes the older call, whose flags are visible.
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _UNKNOWN),
    ]
    for number in refused:
        assert number is not None
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    tests = ((_CLONE, _BITS, _THREAD), (_PRLIMIT, _EQUAL, 0), (_TGKILL, _EQUAL, os.getpid()))
    for numbers, test, wanted in tests:
        program += [
            (_EQUAL, 0, 4, numbers[column]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (test, 0, 1, wanted),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        ]
    return [*program, (_RETURN, 0, 0, _ALLOW)]


def _landlock_version() -> int:
    """Return Landlock's version; 0 if there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)))


def _machine() -> tuple[int, int, int] | None:
    is_usual = sys.platform == "linux" and struct.calcsize("P") == 8
    return _SECCOMP.get(platform.machine()) if is_usual else None


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: int | bytes) -> int:
    """Make a system call and return its result. Raises OSError."""
    result = int(_libc().syscall(number, *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
