/// Floats to work in, from the pool of buffers.
///
/// They are not initialised and must be freed: `defer { scratch.free() }`.
struct Scratch {
  let start: Pointer
  private let capacity: Int

  init(_ count: Int) {
    capacity = BufferPool.capacity(for: count)
    start = BufferPool.shared.take(capacity)
  }

  func free() { BufferPool.shared.giveBack(start, capacity) }
}
