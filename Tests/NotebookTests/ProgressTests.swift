import Testing

@testable import Notebook

@Suite(.serialized) struct ProgressTests {
  /// A terminal that remembers, and a clock that goes on by itself at every look.
  private final class Terminal {
    var time = 0.0
    var written: [String] = []

    func writer(secondsPerLook: Double, width: Int = 80) -> ProgressLine.Writer {
      ProgressLine.Writer(
        style: TerminalStyle(width: width, usesColour: false, usesUnicode: false),
        clock: {
          self.time += secondsPerLook
          return self.time
        }, write: { self.written.append($0) })
    }
  }

  @Test func `long work shows how far it is, its rate, its loss and the time left, and clears`()
    throws
  {
    let terminal = Terminal()
    var progress = Progress(
      "Training", total: 100, writer: terminal.writer(secondsPerLook: 0.5))
    for _ in 0..<40 { progress.advance(loss: 0.25) }
    let line = try #require(terminal.written.last)
    #expect(line.hasPrefix("\rTraining ####"))
    #expect(line.contains("% ") && line.contains("steps/s") && line.contains("loss 0.25"))
    #expect(line.contains("left") && line.hasSuffix("\u{1B}[K"))
    progress.finish()
    #expect(terminal.written.last == "\r\u{1B}[K")
    let count = terminal.written.count
    progress.advance()
    #expect(terminal.written.count == count)
  }

  @Test func `short work shows nothing`() {
    let terminal = Terminal()
    var progress = Progress("Short", total: 50, writer: terminal.writer(secondsPerLook: 0.01))
    for _ in 0..<50 { progress.advance() }
    progress.finish()
    #expect(terminal.written.isEmpty)
  }

  @Test func `nothing is written where there is no terminal`() {
    var progress = Progress("Piped", total: 10, writer: nil)
    for _ in 0..<10 { progress.advance("accuracy", 0.5) }
    progress.finish()
  }

  @Test func `the clock is read rarely when steps are fast`() {
    let terminal = Terminal()
    var looks = 0
    var writer = terminal.writer(secondsPerLook: 0)
    // A clock at which a million steps take one second.
    var steps = 0
    writer.clock = {
      looks += 1
      return Double(steps) * 1e-6
    }
    var progress = Progress("Fast", total: 1_000_000, writer: writer)
    for _ in 0..<1_000_000 {
      steps += 1
      progress.advance()
    }
    progress.finish()
    #expect(looks < 100)
  }

  @Test func `no line is wider than the terminal`() {
    for width in [20, 40, 80] {
      let terminal = Terminal()
      var progress = Progress(
        "A title of some length", total: 1000,
        writer: terminal.writer(secondsPerLook: 1, width: width))
      for _ in 0..<20 { progress.advance(by: 10, "accuracy", 0.123456) }
      progress.finish()
      #expect(!terminal.written.isEmpty)
      for line in terminal.written {
        #expect(displayWidth(line.replacing("\r", with: "")) < width)
      }
    }
  }

  @Test func `the inner of two lines is shown, then the outer one again`() throws {
    let terminal = Terminal()
    func inner() {
      var progress = Progress("Inner", total: 100, writer: terminal.writer(secondsPerLook: 0.5))
      for _ in 0..<10 { progress.advance() }
    }
    var outer = Progress("Outer", total: 100, writer: terminal.writer(secondsPerLook: 0.5))
    for _ in 0..<5 {
      inner()
      // The inner line has gone with its function.
      #expect(terminal.written.last == "\r\u{1B}[K")
      outer.advance()
    }
    #expect(terminal.written.contains { $0.contains("Outer") })
    outer.finish()
  }

  @Test func `time is written in the units of its size`() {
    #expect(ProgressLine.duration(4.2) == "5 s")
    #expect(ProgressLine.duration(200) == "3 min 20 s")
    #expect(ProgressLine.duration(7500) == "2 h 5 min")
    #expect(ProgressLine.duration(.infinity) == "long")
  }
}
