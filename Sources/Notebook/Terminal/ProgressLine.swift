import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The line of a `Progress`: measures, draws and clears it.
final class ProgressLine {
  /// Where the line goes.
  struct Writer {
    var style: TerminalStyle
    /// Seconds since some fixed time.
    var clock: () -> Double
    var write: (String) -> Void

    /// Standard error, if it is a terminal.
    static var standardError: Writer? {
      guard isatty(2) == 1, ProcessInfo.processInfo.environment["TERM"] != "dumb" else {
        return nil
      }
      var size = winsize()
      let isKnown = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      let isPlain = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
      return Writer(
        style: TerminalStyle(
          width: isKnown ? Int(size.ws_col) : 80, usesColour: !isPlain, usesUnicode: !isPlain),
        clock: { ProcessInfo.processInfo.systemUptime },
        write: { FileHandle.standardError.write(Data($0.utf8)) })
    }
  }

  private let title: String
  private let total: Int
  private let unit: String
  private let writer: Writer?
  private let start: Double
  private var lastLook: Double
  private var lastDone = 0
  /// Whether this line stands on the terminal; shared with who hides it from another thread.
  private var isShown = false
  private var isFinished = false

  /// Lines that have begun and not ended, the innermost last: only that one is drawn.
  nonisolated(unsafe) private static var active: [Unmanaged<ProgressLine>] = []
  private static let lock = NSLock()

  init(title: String, total: Int, unit: String, writer: Writer?) {
    self.title = title
    self.total = total
    self.unit = unit
    self.writer = writer
    start = writer?.clock() ?? 0
    lastLook = start
    guard writer != nil else { return }
    Self.lock.withLock { Self.active.append(Unmanaged.passUnretained(self)) }
  }

  deinit { finish() }

  /// Draws the line if it is time to; returns the step at which to look again.
  func look(done: Int, figure: (name: String, value: Double)?) -> Int {
    guard let writer, !isFinished else { return .max }
    let now = writer.clock()
    let passed = now - lastLook
    let rate = Double(done - lastDone) / max(passed, 1e-9)
    // Ten looks a second are enough; a loop that slows down tenfold is still noticed within a second.
    let pause = max(1, Int(min(rate * 0.1, 1e9)))
    guard passed >= 0.08 || done >= total else { return done + pause }
    (lastLook, lastDone) = (now, done)
    let elapsed = now - start
    let expected = elapsed * Double(total) / Double(max(1, done))
    guard elapsed > 0.25, max(expected, elapsed) > 1 else { return done + pause }
    Self.lock.withLock {
      guard Self.active.last?.toOpaque() == Unmanaged.passUnretained(self).toOpaque() else {
        return
      }
      for other in Self.active { other.takeUnretainedValue().isShown = false }
      isShown = true
      writer.write("\r" + text(done: done, elapsed: elapsed, figure: figure) + "\u{1B}[K")
    }
    return done + pause
  }

  /// Clears the line and gives way to the one that surrounds it.
  func finish() {
    guard let writer, !isFinished else { return }
    isFinished = true
    Self.lock.withLock {
      Self.active.removeAll { $0.toOpaque() == Unmanaged.passUnretained(self).toOpaque() }
      if isShown { writer.write("\r\u{1B}[K") }
      isShown = false
    }
  }

  static func hideAll() {
    lock.withLock {
      for line in active.map({ $0.takeUnretainedValue() }) where line.isShown {
        line.writer?.write("\r\u{1B}[K")
        line.isShown = false
      }
    }
  }

  /// `Training ━━━━━━━───── 58% 1,160/2,000 · 412 steps/s · loss 0.42 · 2 s left`, cut to the width.
  private func text(done: Int, elapsed: Double, figure: (name: String, value: Double)?) -> String {
    guard let style = writer?.style else { return "" }
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
    let rate = Double(done) / max(elapsed, 1e-9)
    let separator = style.usesUnicode ? " · " : ", "
    var parts = [
      "\(Int(share * 100))% \(NumberText.short(Double(done)))/\(NumberText.short(Double(total)))",
      "\(NumberText.short(rate)) \(unit)/s",
    ]
    if let figure { parts.append("\(figure.name) \(NumberText.short(figure.value))") }
    if done < total {
      parts.append("\(Self.duration(Double(total - done) / max(rate, 1e-9))) left")
    }
    let figures = parts.joined(separator: separator)
    // One column stays free: some terminals go to the next line when the last one is written.
    let room = style.width - 1 - displayWidth(title) - displayWidth(figures) - 2
    guard room >= 6 else {
      return truncated("\(title) \(figures)", toWidth: style.width - 1, style: style)
    }
    let size = min(24, room)
    let full = Int(share * Double(size))
    let bar =
      style.coloured(
        String(repeating: style.usesUnicode ? "━" : "#", count: full), Palette.onTerminal(0))
      + style.faint(String(repeating: style.usesUnicode ? "─" : "-", count: size - full))
    return "\(title) \(bar) \(figures)"
  }

  /// `45 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "long" }
    let whole = Int(seconds.rounded(.up))
    if whole < 100 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
