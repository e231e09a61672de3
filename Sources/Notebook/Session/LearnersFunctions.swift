/// What became of the learner's functions in a run with `--mine`.
///
/// A chapter asks each of them for its answer. Where there is none, because the function is not written
/// yet or its answer cannot be used, that is noted once, and the chapter's own function does its work:
///
/// ```swift
/// let learner = LearnersFunctions()
/// let centres = learner.answer { try nearestCentres(points) } ?? clusters.nearest(points)
/// page.print(learner.report)
/// ```
public final class LearnersFunctions {
  /// What the functions did, and which could not be used; a line for each.
  public private(set) var notes: [String] = []
  private let substitute: String
  private var wasAsked = false
  private var hasFault = false

  /// Nothing is noted yet.
  ///
  /// - Parameter substitute: whose function does the work where the learner's cannot.
  public init(orElse substitute: String = "the course's own") { self.substitute = substitute }

  /// What became of the functions, for the reader: whether all that were asked did the work, then the
  /// notes.
  public var report: String {
    guard wasAsked || !notes.isEmpty else { return "None of your functions was asked." }
    let heading =
      hasFault ? "Your functions:" : "Your functions did all the work that they were asked to do."
    return ([heading] + notes).joined(separator: "\n")
  }

  /// Notes a line, unless it stands there already.
  ///
  /// - Parameters:
  ///   - line: what a function did, or what is wrong with it.
  ///   - isFault: whether something is wrong with it.
  public func note(_ line: String, isFault: Bool = false) {
    if isFault { hasFault = true }
    if !notes.contains(line) { notes.append(line) }
  }

  /// The learner's answer, or nil where there is none: the function threw, as one that is not written
  /// does.
  public func answer<Result>(_ work: () throws -> Result) -> Result? {
    wasAsked = true
    do {
      return try work()
    } catch {
      note("\(error): \(substitute) does its work.", isFault: true)
      return nil
    }
  }

  /// Notes an answer that cannot be used, with the command that tells more.
  ///
  /// - Parameters:
  ///   - what: what is wrong with it.
  ///   - exercise: its number, `6.2`.
  public func refuse(_ what: String, exercise: String) {
    note(
      "\(what) (swift run course check \(exercise)): \(substitute) does its work.", isFault: true)
  }
}
