import TensorCore

/// Memory for groups of rows, filled anew again and again.
final class GroupBuffer {
  private var memory = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  private var capacity = 1
  private var groupCapacity = 0
  private var count = 0

  deinit { memory.deallocate() }

  /// Makes room for some groups and rows; what was there is lost.
  func reserve(groups: Int, rows: Int) -> GroupWriter {
    if 3 * groups + rows > capacity {
      memory.deallocate()
      capacity = 2 * (3 * groups + rows)
      memory = .allocate(capacity: capacity)
    }
    (groupCapacity, count) = (groups, 0)
    return GroupWriter(memory, groups)
  }

  /// Takes over how many groups a writer has written.
  func finish(_ writer: GroupWriter) { count = writer.count }

  var groups: SampledGroups {
    SampledGroups(
      count: count, inputs: memory, positives: memory + groupCapacity,
      ends: memory + 2 * groupCapacity, outputs: memory + 3 * groupCapacity)
  }
}

/// Writes groups of rows one after the other, without looking whether there is room.
///
/// A plain value: a class's properties would be guarded at each access.
struct GroupWriter {
  private let inputs: UnsafeMutablePointer<Int32>
  private let positives: UnsafeMutablePointer<Int32>
  private let ends: UnsafeMutablePointer<Int32>
  private let outputs: UnsafeMutablePointer<Int32>
  private(set) var count = 0
  private var rows = 0
  private var first = 0

  init(_ memory: UnsafeMutablePointer<Int32>, _ groups: Int) {
    (inputs, positives) = (memory, memory + groups)
    (ends, outputs) = (memory + 2 * groups, memory + 3 * groups)
  }

  /// Adds a row to the group that is being written.
  @inline(__always)
  mutating func append(_ row: Int32) {
    outputs[rows] = row
    rows &+= 1
  }

  /// All rows of the group so far are positive ones; what follows is noise.
  @inline(__always)
  mutating func endPositives() { positives[count] = Int32(truncatingIfNeeded: rows) }

  /// Closes the group; one without rows is none.
  @inline(__always)
  mutating func endGroup(input: Int32) {
    if rows == first { return }
    inputs[count] = input
    ends[count] = Int32(truncatingIfNeeded: rows)
    first = rows
    count &+= 1
  }
}
