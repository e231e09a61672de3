import CourseData
import Notebook
import TensorCore

/// What one can ask a representation of a picture about.
enum Question: String, CaseIterable {
  case pathology
  case camera
  case bodySite = "body site"
  case viewpoint = "viewpoint (tilt)"
  case magnification
  case skinTone = "skin tone"

  /// The answer for a picture, a number from 0.
  func answer(_ photograph: Photograph) -> Int {
    // A factor that varies without steps is cut in the middle of its range.
    func isAbove(_ value: Float, _ range: ClosedRange<Float>) -> Int {
      value > (range.lowerBound + range.upperBound) / 2 ? 1 : 0
    }
    let factors = ClinicFactors()
    switch self {
    case .pathology: return photograph.pathology.rawValue
    case .camera:
      return Hospital.first.cameras.firstIndex(of: photograph.camera) ?? 0
    case .bodySite: return photograph.site.rawValue
    case .viewpoint: return isAbove(photograph.tilt, factors.tilt)
    case .magnification: return isAbove(photograph.magnification, factors.magnification)
    case .skinTone: return isAbove(photograph.skinTone, factors.skinTone)
    }
  }

  /// The number of answers.
  var answers: Int {
    switch self {
    case .pathology: Pathology.allCases.count
    case .camera: Hospital.first.cameras.count
    case .bodySite: BodySite.allCases.count
    case .viewpoint, .magnification, .skinTone: 2
    }
  }
}

/// What linear probes can read out of the frozen encoders: what is remembered, and what is forgotten.
struct Remembered {
  private var runs: [Start: [Question: [Double]]] = [:]
  private var guesses: [Question: [Double]] = [:]

  /// Asks every encoder of every repetition.
  ///
  /// A probe learns from the training patients and is examined on
  /// the test patients.
  init(_ sets: [ClinicSet], _ pipelines: [MedicalPipeline]) {
    for (set, pipeline) in zip(sets, pipelines) {
      for question in Question.allCases {
        let answers = set.test.photographs.map(question.answer)
        let commonest = (0..<question.answers).map { one in answers.count { $0 == one } }.max() ?? 0
        guesses[question, default: []].append(Double(commonest) / Double(max(1, answers.count)))
      }
      for start in Start.allCases {
        let features = Representation(
          pipeline.encoders[start]!, set.training.pictures, set.test.pictures)
        for question in Question.allCases {
          let accuracy = features.probed(
            set.training.photographs.map(question.answer),
            set.test.photographs.map(question.answer), classes: question.answers)
          runs[start, default: [:]][question, default: []].append(accuracy)
        }
      }
    }
  }

  /// The accuracies of a probe, one for each repetition.
  func at(_ start: Start, _ question: Question) -> [Double] { runs[start]![question]! }

  /// Their mean.
  func mean(_ start: Start, _ question: Question) -> Double {
    meanAndDeviation(at(start, question)).mean
  }

  /// A row for each question, a column for each encoder.
  var table: Table {
    Table(
      "What a linear probe reads out of the frozen h",
      columns: [.text("asked for"), .number("commonest", decimals: 2)]
        + Start.allCases.map {
          .number($0 == .scratch ? "random weights" : $0.rawValue, decimals: 2)
        },
      rows: Question.allCases.map { question in
        [.text(question.rawValue), .mean(of: guesses[question]!)]
          + Start.allCases.map { .mean(of: runs[$0]![question]!) }
      })
  }
}
