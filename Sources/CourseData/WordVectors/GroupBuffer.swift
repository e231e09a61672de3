import TensorCore

/// Groups of rows for `stepNegativeSampling`, filled anew again and again in the same memory.
final class GroupBuffer {
  private(set) var count = 0
  private var inputs = Numbers()
  private var positives = Numbers()
  private var ends = Numbers()
  private var outputs = Numbers()
  /// Where the group that is being filled begins.
  private var first = 0

  /// 32-bit numbers in memory that grows.
  struct Numbers {
    private(set) var start = UnsafeMutablePointer<Int32>.allocate(capacity: 64)
    private var capacity = 64
    var count = 0

    /// Makes room for some numbers more.
    mutating func reserve(_ more: Int) {
      if count + more <= capacity { return }
      let larger = max(2 * capacity, count + more)
      let moved = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
      moved.update(from: start, count: count)
      start.deallocate()
      (start, capacity) = (moved, larger)
    }

    /// Appends a number where there is room.
    @inline(__always)
    mutating func append(_ number: Int32) {
      start[count] = number
      count &+= 1
    }

    func free() { start.deallocate() }
  }

  deinit { for numbers in [inputs, positives, ends, outputs] { numbers.free() } }

  func removeAll() {
    (count, first) = (0, 0)
    (inputs.count, positives.count, ends.count, outputs.count) = (0, 0, 0, 0)
  }

  /// Makes room for one group with some rows.
  @inline(__always)
  func reserve(rows: Int) {
    outputs.reserve(rows)
    inputs.reserve(1)
    positives.reserve(1)
    ends.reserve(1)
  }

  /// Adds a row to the group that is being filled.
  @inline(__always)
  func append(_ row: Int32) { outputs.append(row) }

  /// All rows up to here are positive ones, the rest is noise.
  @inline(__always)
  func endPositives() { positives.start[count] = Int32(truncatingIfNeeded: outputs.count) }

  /// Closes the group; one without rows is none.
  @inline(__always)
  func endGroup(input: Int32) {
    if outputs.count == first { return }
    inputs.start[count] = input
    ends.start[count] = Int32(truncatingIfNeeded: outputs.count)
    first = outputs.count
    count &+= 1
    (inputs.count, positives.count, ends.count) = (count, count, count)
  }

  var groups: SampledGroups {
    SampledGroups(
      count: count, inputs: inputs.start, positives: positives.start, ends: ends.start,
      outputs: outputs.start)
  }
}
