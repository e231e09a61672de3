import Synchronization

/// Takes places in memory, so that the next Set or Dictionary lies elsewhere than the last.
///
/// Their order depends on where they lie. Code that draws in that order gives the same result again and
/// again, as long as each lies where the one before it has been: a small Set that is made, read and freed
/// leaves its place to the next.
struct MovedMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// The places that tests take in their process.
  static let current = Mutex(MovedMemory())

  /// Keeps more blocks of each size up to 4 KiB, whatever elements a Set of that size would hold, and
  /// gives those of the moves before the last twelve back.
  ///
  /// One of each is not enough: other freed blocks may lie above the Set's place, which stays free. The
  /// allocators keep some seven freed blocks of a size at hand.
  mutating func move() {
    let start = blocks.count
    for size in stride(from: 16, through: 4096, by: 16) {
      for _ in 0..<(size <= 1024 ? 32 : 4) {
        blocks.append(.allocate(byteCount: size, alignment: 16))
      }
    }
    let surplus = blocks.count - 12 * (blocks.count - start)
    if surplus <= 0 { return }
    for block in blocks.prefix(surplus) { block.deallocate() }
    blocks.removeFirst(surplus)
  }
}
