/// A line on standard error that says how far a long computation has come.
///
/// It appears when the work turns out to take more than a second, shows the rate, the latest loss or
/// another figure and the time left, and clears itself at the end. Where standard error is not a
/// terminal nothing is written. One call costs well below a microsecond: the clock is read only as often
/// as the line may change.
///
/// ```swift
/// var progress = Progress("Training", total: steps)
/// for step in 0..<steps {
///   progress.advance(loss: loss)
/// }
/// progress.finish()
/// ```
public struct Progress {
  private let line: ProgressLine
  private var done = 0
  private var nextLook = 1

  /// Starts counting; `total` is the number of steps to come.
  public init(_ title: String, total: Int, unit: String = "steps") {
    self.init(title, total: total, unit: unit, writer: .standardError)
  }

  init(_ title: String, total: Int, unit: String = "steps", writer: ProgressLine.Writer?) {
    line = ProgressLine(title: title, total: total, unit: unit, writer: writer)
    if writer == nil { nextLook = .max }
  }

  /// One step, or several, have been done.
  public mutating func advance(by steps: Int = 1) {
    done += steps
    if done >= nextLook { nextLook = line.look(done: done, figure: nil) }
  }

  /// One step has been done, with this loss.
  public mutating func advance(loss: Float) {
    done += 1
    if done >= nextLook { nextLook = line.look(done: done, figure: ("loss", Double(loss))) }
  }

  /// Some steps have been done; the named figure stands beside the rate.
  public mutating func advance(by steps: Int = 1, _ name: String, _ value: some FigureNumber) {
    done += steps
    if done >= nextLook { nextLook = line.look(done: done, figure: (name, value.figureValue)) }
  }

  /// Clears the line.
  ///
  /// It is cleared too when the last copy of the value goes away.
  public mutating func finish() {
    nextLook = .max
    line.finish()
  }

  /// Clears whatever line stands on the terminal, for who is about to write there.
  ///
  /// The line comes back at the next step.
  public static func hide() { ProgressLine.hideAll() }
}
