import CourseData
import Foundation
import TensorCore

/// Where an unfinished pre-training is kept, so that `--resume` goes on from it.
struct RunFile {
  let path: String
  /// What makes two runs the same: text, sizes, plan, seed.
  let identity: String

  /// What happened to it, in words for the page.
  enum Problem: Error, CustomStringConvertible {
    case missing(String)
    case otherRun(String, found: String, wanted: String)
    case damaged(String)

    var description: String {
      switch self {
      case .missing(let path):
        "--resume finds no pre-training to go on with (\(path)); run once without it"
      case .otherRun(let path, let found, let wanted):
        "--resume: \(path) is another run's (\(found)), not this one's (\(wanted)); "
          + "give the options of that run, or leave --resume out"
      case .damaged(let why): "--resume: \(why) Without --resume the run begins anew."
      }
    }
  }

  /// Writes all that the run needs to go on with the same numbers; whole or not at all.
  ///
  /// - Throws: `CheckpointError` where the file cannot be written.
  func save(_ run: Pretraining) throws {
    var checkpoint = Checkpoint()
    checkpoint.store(run.model, under: "model")
    checkpoint.store(run.optimizer)
    checkpoint.store(run.random, under: "windows")
    checkpoint.metadata["run"] = identity
    checkpoint.metadata["step"] = "\(run.step)"
    checkpoint.metadata["seconds"] = "\(run.seconds)"
    checkpoint.metadata["recent"] = "\(run.recent.sum) \(run.recent.count)"
    checkpoint.metadata["early sample"] = run.earlySample
    checkpoint.metadata["points"] = run.points.map {
      "\($0.step) \($0.training) \($0.validation)"
    }.joined(separator: ";")
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try checkpoint.write(to: path)
  }

  /// Puts a run where the file left it.
  ///
  /// - Throws: `Problem`, with the file as it was.
  func load(into run: Pretraining) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw Problem.missing(path) }
    do {
      let checkpoint = try Checkpoint(contentsOf: path)
      let found = checkpoint.metadata["run"] ?? "no run of this chapter"
      if found != identity { throw Problem.otherRun(path, found: found, wanted: identity) }
      guard let progress = Progressed(checkpoint.metadata, of: run) else {
        throw Problem.damaged("\(path) does not say how far the run had come.")
      }
      let random = try checkpoint.random("windows")
      try checkpoint.load(into: run.model, under: "model")
      try checkpoint.load(into: run.optimizer)
      run.resume(
        at: progress.step, after: progress.seconds, random, progress.points,
        recent: progress.recent)
      run.earlySample = checkpoint.metadata["early sample"] ?? ""
    } catch let error as CheckpointError {
      throw Problem.damaged("\(error)")
    }
  }
}

/// How far a run had come, as its file says it.
private struct Progressed {
  let step: Int
  let seconds: Double
  let points: [LossPoint]
  let recent: (sum: Double, count: Int)

  /// Nil where it could not have come about: a step beyond the plan, losses missing or no numbers.
  init?(_ metadata: [String: String], of run: Pretraining) {
    func numbers(_ text: some StringProtocol) -> [Double] {
      text.split(separator: " ").compactMap { Double($0) }.filter(\.isFinite)
    }
    let rows = (metadata["points"] ?? "").split(separator: ";").map(numbers)
    let recent = numbers(metadata["recent"] ?? "")
    guard let step = metadata["step"].flatMap({ Int($0) }), (0...run.plan.steps).contains(step),
      let seconds = metadata["seconds"].flatMap({ Double($0) }), seconds.isFinite, seconds >= 0,
      rows.allSatisfy({ $0.count == 3 }), recent.count == 2
    else { return nil }
    let measured = stride(from: 1, through: step, by: 1).filter(run.plan.isMeasured)
    guard rows.map({ $0[0] }) == measured.map(Double.init),
      recent[1] == Double(step - (measured.last ?? 0))
    else { return nil }
    self.step = step
    self.seconds = seconds
    points = zip(measured, rows).map { LossPoint(step: $0, training: $1[1], validation: $1[2]) }
    self.recent = (recent[0], Int(recent[1]))
  }
}
