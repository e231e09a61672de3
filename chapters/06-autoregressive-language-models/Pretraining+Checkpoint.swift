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
    case damaged(String, String)

    var description: String {
      switch self {
      case .missing(let path):
        "--resume finds no pre-training to go on with (\(path)); run once without it"
      case .otherRun(let path, let found, let wanted):
        "--resume: \(path) is another run's (\(found)), not this one's (\(wanted)); "
          + "give the options of that run, or leave --resume out"
      case .damaged(let path, let why): "--resume: \(path) cannot be gone on with: \(why)"
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
      let points = (checkpoint.metadata["points"] ?? "").split(separator: ";").map { text in
        text.split(separator: " ").compactMap { Double($0) }
      }
      let recent = (checkpoint.metadata["recent"] ?? "").split(separator: " ")
      guard let step = checkpoint.metadata["step"].flatMap({ Int($0) }), step >= 0,
        points.allSatisfy({ $0.count == 3 }), recent.count == 2,
        let sum = Double(recent[0]), let count = Int(recent[1])
      else { throw Problem.damaged(path, "it does not say how far the run had come") }
      let random = try checkpoint.random("windows")
      try checkpoint.load(into: run.model, under: "model")
      try checkpoint.load(into: run.optimizer)
      run.resume(
        at: step, after: checkpoint.metadata["seconds"].flatMap { Double($0) } ?? 0, random,
        points.map { LossPoint(step: Int($0[0]), training: $0[1], validation: $0[2]) },
        recent: (sum, count))
      run.earlySample = checkpoint.metadata["early sample"] ?? ""
    } catch let error as CheckpointError {
      throw Problem.damaged(path, "\(error)")
    }
  }
}
