/// Floats to work in.
///
/// They are not initialised and must be freed: `defer { scratch.free() }`.
struct Scratch {
  let start: Pointer

  init(_ count: Int) {
    start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(count, 1))
  }

  func free() { start.deallocate() }
}
