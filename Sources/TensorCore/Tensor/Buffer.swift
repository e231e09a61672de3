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
  static let shared = BufferPool(limit: 1 << 27)

  /// The idle blocks of one size.
  private struct Shelf {
    var blocks: [UInt] = []
    /// When a block of this size was last asked for, as a count of requests.
    var lastRequest = 0
  }

  private struct Idle {
    var shelves: [Int: Shelf] = [:]
    var numbers = 0
    var requests = 0

    /// Gives back to the system what was last asked for before a request.
    mutating func giveUp(before request: Int) {
      for (size, shelf) in shelves where shelf.lastRequest < request {
        for address in shelf.blocks { Pointer(bitPattern: address)!.deallocate() }
        numbers -= size * shelf.blocks.count
        shelves[size] = nil
      }
    }
  }

  private var idle = Idle()
  /// The system's own lock, which ThreadSanitizer knows; it does not see into `Mutex`.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  /// So many idle numbers are kept at most; the shared pool keeps 512 MiB.
  private let limit: Int
  /// A size that so many requests have passed by is not waited for any longer.
  private let patience: Int

  /// A pool that keeps nothing yet.
  ///
  /// - Parameters:
  ///   - limit: how many idle numbers it keeps at most.
  ///   - patience: after how many requests for other sizes a size is given up; a training step makes
  ///     some hundreds.
  init(limit: Int, patience: Int = 50_000) {
    self.limit = limit
    self.patience = patience
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

  /// The numbers that are kept for later.
  var idleCount: Int { withIdle { $0.numbers } }

  func take(_ capacity: Int) -> Pointer {
    let address = withIdle { idle -> UInt? in
      idle.requests += 1
      idle.shelves[capacity, default: Shelf()].lastRequest = idle.requests
      guard let address = idle.shelves[capacity]?.blocks.popLast() else {
        // The program grows: what earlier parts of it have left goes back to the system first.
        idle.giveUp(before: idle.requests - patience)
        return nil
      }
      idle.numbers -= capacity
      return address
    }
    if let address { return Pointer(bitPattern: address)! }
    let bytes = capacity * MemoryLayout<Float>.stride
    return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: capacity)
  }

  /// Keeps a block, and where that is too much gives blocks back to the system whose size has not
  /// been asked for as long: a program that goes on to another model has no use for them.
  func giveBack(_ start: Pointer, _ capacity: Int) {
    withIdle { idle in
      let own = idle.shelves[capacity]?.lastRequest ?? 0
      while idle.numbers + capacity > limit {
        let older = idle.shelves.lazy.filter { !$1.blocks.isEmpty && $1.lastRequest < own }
        guard let oldest = older.min(by: { $0.value.lastRequest < $1.value.lastRequest })?.key,
          let address = idle.shelves[oldest]?.blocks.popLast()
        else { return start.deallocate() }
        idle.numbers -= oldest
        Pointer(bitPattern: address)!.deallocate()
      }
      idle.shelves[capacity, default: Shelf()].blocks.append(UInt(bitPattern: start))
      idle.numbers += capacity
    }
  }

  private func withIdle<Result>(_ body: (inout Idle) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(&idle)
  }
}
