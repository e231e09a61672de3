#if canImport(Glibc)
  import Glibc
#endif

/// Takes from this process what an answer has no need of, for good, as far as the system can: to write
/// files, to reach into other processes' memory, to signal them, to open connections.
///
/// On Linux that is Landlock (Linux 5.13, "Landlock: unprivileged access control"); each version of it
/// bounds more. The kernel refuses a process in a domain to trace one outside, the superuser's, too.
/// Where Landlock is missing, the other bounds hold: files cannot grow.
func confineThisProcess() {
  #if os(Linux)
    let (create, restrict, noNewPrivileges) = (444, 446, 38)
    let version = landlockVersion
    if version < 1 { return }
    // All rights to change the file system; no rule gives one back.
    var rights: (files: UInt64, connections: UInt64, scopes: UInt64) = (0b1_1111_1111_0010, 0, 0)
    if version >= 2 { rights.files |= 1 << 13 }
    if version >= 3 { rights.files |= 1 << 14 }
    if version >= 4 { rights.connections = 0b11 }
    if version >= 6 { rights.scopes = 0b11 }
    // Older kernels know fewer of the three words.
    let size = version >= 6 ? 24 : version >= 4 ? 16 : 8
    let ruleset = withUnsafeBytes(of: &rights) {
      system(create, Int(bitPattern: $0.baseAddress), size, 0)
    }
    if ruleset < 0 { return }
    _ = system(processControl, noNewPrivileges, 1, 0)
    _ = system(restrict, ruleset, 0, 0)
    close(Int32(ruleset))
  #endif
}

/// Hides this process's memory and descriptors from others of the same user, as far as the system can.
public func hideThisProcess() {
  #if os(Linux)
    let notDumpable = 4
    _ = system(processControl, notDumpable, 0, 0)
  #endif
}

/// The version of Landlock that the system has; 0 where it has none.
public var landlockVersion: Int {
  #if os(Linux)
    max(0, system(444, 0, 0, 1))
  #else
    0
  #endif
}

#if os(Linux)
  /// Makes a system call: the import leaves out functions with any number of arguments.
  private func system(_ call: Int, _ first: Int, _ second: Int, _ third: Int) -> Int {
    guard let address = dlsym(nil, "syscall") else { return -1 }
    let function = unsafeBitCast(
      address, to: (@convention(c) (Int, Int, Int, Int, Int, Int) -> Int).self)
    return function(call, first, second, third, 0, 0)
  }

  /// The number of the system call `prctl`.
  private var processControl: Int {
    #if arch(x86_64)
      157
    #else
      167
    #endif
  }
#endif
