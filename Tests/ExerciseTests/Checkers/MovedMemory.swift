/// Takes places in memory, so that the next Set or Dictionary lies elsewhere than the last.
///
/// Their order depends on where they lie. Code that draws in that order gives the same result again and
/// again, as long as each lies where the one before it has been.
struct MovedMemory {
  private var sets: [Set<Int>] = []
  private var lists: [[Int: [Int]]] = []
  private var numbers: [[Int: Int]] = []

  /// Keeps one more of each size up to 128.
  mutating func move() {
    for size in [1, 2, 4, 8, 16, 32, 64, 96] {
      sets.append(Set(minimumCapacity: size))
      lists.append(Dictionary(minimumCapacity: size))
      numbers.append(Dictionary(minimumCapacity: size))
    }
  }
}
