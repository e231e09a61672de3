import Exercises
import Synchronization
import TensorCore
import Testing

@testable import ExerciseFunctions

/// What crosses between the checker's process and the learner's arrives as it was, or is refused.
@Suite struct WireTests {
  private func crossed<Value>(_ value: Value) throws -> Value {
    var writer = WireWriter()
    writer.write(value)
    var reader = WireReader(writer.bytes)
    let arrived = try reader.read(Value.self)
    try reader.finish()
    return arrived
  }

  @Test func `numbers cross bit by bit`() throws {
    let patterns: [UInt32] = [
      0, 0x8000_0000, 1, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0x7F80_0001, 0xFFC1_2345,
      0x7F7F_FFFF,
    ]
    let numbers = patterns.map(Float.init(bitPattern:))
    #expect(try crossed(numbers).map(\.bitPattern) == patterns)
    for number in numbers { #expect(try crossed(number).bitPattern == number.bitPattern) }
    let doubles = [Double.nan, -0.0, .leastNonzeroMagnitude, .infinity]
    #expect(try crossed(doubles).map(\.bitPattern) == doubles.map(\.bitPattern))
    #expect(try crossed([Int.min, .max, -1]) == [.min, .max, -1])
    #expect(try crossed(UInt64.max) == .max)
  }

  @Test func `lists, tables, optionals and texts cross, empty ones too`() throws {
    #expect(try crossed([[Float]]()) == [])
    #expect(try crossed([[], [1, 2], []] as [[Float]]) == [[], [1, 2], []])
    #expect(try crossed([[[1], []], []] as [[[Float]]]) == [[[1], []], []])
    #expect(try crossed([[true, false], []]) == [[true, false], []])
    #expect(try crossed(["", "Größe 🙂", "\0"]) == ["", "Größe 🙂", "\0"])
    #expect(try crossed([1, nil, 3] as [Int?]) == [1, nil, 3])
    #expect(try crossed(Int??.some(nil)) == .some(nil))
  }

  @Test func `tuples cross with their names, in lists and optionals too`() throws {
    let mixed = try crossed((flag: true, number: 2.5 as Float, words: ["a"], last: UInt8(7)))
    #expect(mixed.flag && mixed.number == 2.5 && mixed.words == ["a"] && mixed.last == 7)
    let pairs = try crossed([[(first: 1, second: 2)], []])
    #expect(pairs.count == 2 && pairs[0][0].first == 1 && pairs[0][0].second == 2)
    #expect(try crossed((first: 1, second: 2) as (first: Int, second: Int)?)?.second == 2)
  }

  private enum Colour: String { case red, green }

  @Test func `enums cross by their raw values`() throws {
    #expect(try crossed([Colour.green, .red]) == [.green, .red])
    var writer = WireWriter()
    writer.write("blue")
    var reader = WireReader(writer.bytes)
    #expect(throws: Unreadable.self) { _ = try reader.read(Colour.self) }
  }

  @Test func `a generator goes on where it was`() throws {
    var random = Random(seed: 5)
    _ = random.normal()
    var there = try crossed(random)
    #expect(there.normal() == random.normal())
    #expect(there.next() == random.next())
  }

  /// A process that is this one: what goes out is answered at once.
  private final class Echo: LearnersProcess, Sendable {
    let functions: any Sendable
    let change: @Sendable ([UInt8]) -> [UInt8]
    let reasons = Mutex<[String]>([])

    init(
      _ functions: some RemoteFunctions, _ change: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) {
      (self.functions, self.change) = (functions, change)
    }

    func call(_ function: String, _ arguments: WireWriter) throws(LostAnswer) -> WireReader {
      var request = WireWriter()
      request.write((1, function))
      arguments.bytes.withUnsafeBytes { request.append($0) }
      let reply = Host.answer(to: request.bytes, with: Host.remoteFunctions(of: functions))
      return WireReader(change(Array(reply.dropFirst(8))))
    }

    func note(_ input: String) {}
    func startAnew() {}

    func distrust(_ reason: String) -> LostAnswer {
      reasons.withLock { $0.append(reason) }
      return LostAnswer()
    }
  }

  /// Functions of every shape.
  private struct Shapes: RemoteFunctions {
    @Remote("none") var none: @Sendable () throws -> Int
    @Remote("draws") var draws: @Sendable ([Int], inout Random) throws -> [Float]
    @Remote("six") var six:
      @Sendable (Int, Float, [Bool], String, Double, inout [Int]) throws -> Int?
    @Remote("fails") var fails: @Sendable (Int) throws -> Int
  }

  private func shapes() -> Shapes {
    var shapes = Shapes()
    shapes.none = { 7 }
    shapes.draws = { list, random in list.map { _ in random.normal() } }
    shapes.six = { a, b, c, d, e, list in
      list.append(a + Int(b) + c.count + d.count + Int(e))
      return list.last
    }
    shapes.fails = { number in
      if number == 0 {
        throw NotStarted(function: "fails(_:)", file: "Chapter1Exercises/File.swift")
      }
      throw CancellationError()
    }
    return shapes
  }

  @Test func `functions of every shape are called, and what they change comes back`() throws {
    try Line.$current.withValue(Echo(shapes())) {
      let functions = Shapes()
      #expect(try functions.none() == 7)
      var (here, there) = (Random(seed: 3), Random(seed: 3))
      let drawn = try functions.draws([1, 2, 3], &there)
      #expect(drawn == (0..<3).map { _ in here.normal() })
      #expect(there.next() == here.next())
      var list = [5]
      let sum = try functions.six(1, 2, [true], "four", 8, &list)
      #expect(sum == 16)
      #expect(list == [5, 16])
    }
  }

  @Test func `errors cross: a missing answer with its place, others with their text`() {
    Line.$current.withValue(Echo(shapes())) {
      let missing = #expect(throws: NotStarted.self) { _ = try Shapes().fails(0) }
      #expect(missing?.function == "fails(_:)")
      #expect(missing?.file == "exercises/Chapter1/File.swift")
      let other = #expect(throws: (any Error).self) { _ = try Shapes().fails(1) }
      #expect(other.map { "\($0)" } == "CancellationError()")
    }
  }

  @Test func `a function that the learner's program does not hand over is told by its name`() {
    let echo = Echo(Shapes())
    Line.$current.withValue(echo) {
      #expect(throws: LostAnswer.self) { _ = try Shapes().none() }
    }
    #expect(echo.reasons.withLock { $0 }.first?.contains("the function none") == true)
  }

  @Test func `whatever comes back, the checker reads an answer or refuses it`() {
    // 600 replies, each with some bytes changed, cut off or added.
    var refused = 0
    for seed in 0..<600 {
      let echo = Echo(shapes()) { reply in
        var random = Random(seed: UInt64(seed))
        var reply = reply
        for _ in 0...random.integer(below: 3) where !reply.isEmpty {
          switch random.integer(below: 4) {
          case 0: reply.removeLast(1 + random.integer(below: reply.count))
          case 1: reply.append(UInt8(random.integer(below: 256)))
          default: reply[random.integer(below: reply.count)] = UInt8(random.integer(below: 256))
          }
        }
        return reply
      }
      Line.$current.withValue(echo) {
        var random = Random(seed: 1)
        var list = [1, 2, 3]
        _ = try? Shapes().draws([1, 2, 3, 4], &random)
        _ = try? Shapes().six(1, 2, [true], "four", 8, &list)
      }
      refused += echo.reasons.withLock { $0.count }
    }
    #expect(refused > 600)
  }

  @Test func `a list is not made longer than its bytes allow`() {
    var writer = WireWriter()
    writer.write(Int.max / 8)
    for type in [[Float].self, [[Float]].self, [Bool].self, [String?].self] as [any WireValue.Type]
    {
      var reader = WireReader(writer.bytes)
      #expect(throws: Unreadable.self) { _ = try type.init(from: &reader) }
    }
  }
}
