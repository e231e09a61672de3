/// Takes places in memory, so that the next Set or Dictionary lies elsewhere than the last.
///
/// Their order depends on where they lie. Code that draws in that order gives the same result again and
/// again, as long as each lies where the one before it has been: a small Set that is made, read and freed
/// leaves its place to the next.
final class MovedMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// Keeps more blocks of each size up to 4 KiB, whatever elements a Set of that size would hold.
  ///
  /// One of each is not enough: other freed blocks may lie above the Set's place, which stays free. The
  /// allocators keep some seven freed blocks of a size at hand.
  func move() {
    for size in stride(from: 16, through: 4096, by: 16) {
      for _ in 0..<(size <= 1024 ? 32 : 4) {
        blocks.append(.allocate(byteCount: size, alignment: 16))
      }
    }
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
