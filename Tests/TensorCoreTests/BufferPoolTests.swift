import Testing

@testable import TensorCore

/// What the pool keeps, and what it gives back to the system.
struct BufferPoolTests {
  @Test func `a block that was given back is taken again`() {
    let pool = BufferPool(limit: 1024)
    let block = pool.take(256)
    pool.giveBack(block, 256)
    #expect(pool.idleCount == 256)
    #expect(pool.take(256) == block)
    #expect(pool.idleCount == 0)
    pool.giveBack(block, 256)
  }

  @Test func `blocks of sizes that nobody asks for any more make room`() {
    let pool = BufferPool(limit: 1024)
    let old = (0..<4).map { _ in pool.take(256) }
    for block in old { pool.giveBack(block, 256) }
    #expect(pool.idleCount == 1024)
    let new = pool.take(512)
    pool.giveBack(new, 512)
    #expect(pool.idleCount == 1024)
    #expect(pool.take(512) == new)
    #expect(pool.idleCount == 512)
    pool.giveBack(new, 512)
  }

  @Test func `a size that nobody asks for goes back when the program grows`() {
    let pool = BufferPool(limit: 1 << 20, patience: 10)
    let old = (0..<4).map { _ in pool.take(256) }
    for block in old { pool.giveBack(block, 256) }
    for _ in 0..<10 {
      let block = pool.take(512)
      pool.giveBack(block, 512)
    }
    #expect(pool.idleCount == 1024 + 512)
    // Taken again, the old size would not be old.
    let new = pool.take(1024)
    #expect(pool.idleCount == 512)
    pool.giveBack(new, 1024)
    let again = pool.take(256)
    #expect(pool.idleCount == 512 + 1024)
    pool.giveBack(again, 256)
  }

  @Test func `no more than the limit is kept, of one size or of several`() {
    let pool = BufferPool(limit: 1000)
    let blocks = (0..<8).map { _ in pool.take(256) }
    for block in blocks { pool.giveBack(block, 256) }
    #expect(pool.idleCount == 768)
    let large = pool.take(2048)
    pool.giveBack(large, 2048)
    #expect(pool.idleCount <= 1000)
  }
}
