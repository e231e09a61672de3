#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory for `count` numbers, taken from the pool and given back to it.
///
/// The memory is aligned to 64 bytes and rounded up to whole vectors, so that a kernel may read and
/// write past the end up to the next multiple of 16 numbers.
final class Buffer: @unchecked Sendable {  // Only a sole owner writes: see `Tensor.withMutable`.
  let start: Pointer
  private let capacity: Int

  init(count: Int) {
    capacity = BufferPool.capacity(for: count)
    start = BufferPool.shared.take(capacity)
  }

  deinit { BufferPool.shared.giveBack(start, capacity) }
}

/// Keeps the memory of tensors that are gone for those that come.
///
/// A training step allocates the same sizes again and again. Given back to the system, large blocks
/// would be unmapped, and each page would fault and be cleared at its next use.
final class BufferPool: @unchecked Sendable {  // `lock` guards `idle`.
  static let shared = BufferPool()

  private struct Idle {
    var blocks: [Int: [UInt]] = [:]
    var numbers = 0
  }

  private var idle = Idle()
  /// The system's own lock, which ThreadSanitizer knows; it does not see into `Mutex`.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  /// Beyond this many idle numbers (512 MiB) blocks go back to the system.
  private let limit = 1 << 27

  private init() {
    lock = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
  }

  /// The size of the block for `count` numbers: a multiple of 16, from a short list of sizes, at most
  /// one eighth larger than asked for, so that tensors of nearly the same size share blocks.
  static func capacity(for count: Int) -> Int {
    if count <= 256 { return max(16, (count + 15) & ~15) }
    let step = 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount - 4)
    return (count + step - 1) & ~(step - 1)
  }

  func take(_ capacity: Int) -> Pointer {
    let address = withIdle { idle -> UInt? in
      guard let address = idle.blocks[capacity]?.popLast() else { return nil }
      idle.numbers -= capacity
      return address
    }
    if let address { return Pointer(bitPattern: address)! }
    let bytes = capacity * MemoryLayout<Float>.stride
    return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: capacity)
  }

  func giveBack(_ start: Pointer, _ capacity: Int) {
    let isKept = withIdle { idle -> Bool in
      if idle.numbers + capacity > limit { return false }
      idle.blocks[capacity, default: []].append(UInt(bitPattern: start))
      idle.numbers += capacity
      return true
    }
    if !isKept { start.deallocate() }
  }

  private func withIdle<Result>(_ body: (inout Idle) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(&idle)
  }
}
