import CourseData
import TensorCore

/// The patients of one repetition of the medical experiments.
struct ClinicSet {
  /// Where the repetition's random numbers start.
  let seed: UInt64
  /// Patients of the first hospital: what is learnt without labels is learnt from all of them.
  let everyone: PatientPictures
  /// Those among them whose labels can be bought.
  let training: PatientPictures
  /// Other patients of the first hospital, to judge by.
  let test: PatientPictures
  /// The pictures that the second hospital's cameras take of the test patients.
  let elsewhere: PatientPictures

  /// Draws patients; those to judge by are never among those to learn from.
  ///
  /// - Parameters:
  ///   - count: the patients to learn from.
  ///   - training: how many of them can have a label.
  ///   - testCount: the patients to judge by.
  ///   - world: where patients come from.
  ///   - seed: which patients.
  init(
    everyone count: Int, training: Int, test testCount: Int, world: ClinicWorld = ClinicWorld(),
    seed: UInt64
  ) {
    self.seed = seed
    var random = Random(seed: seed, stream: 80)
    let key = random.next()
    let patients = world.patients(count + testCount, seed: key)
    everyone = PatientPictures(Array(patients[..<count]), of: world)
    self.training = PatientPictures(Array(patients[..<min(training, count)]), of: world)
    test = PatientPictures(Array(patients[count...]), of: world)
    let others = world.patients(count + testCount, at: .second, seed: key)
    elsewhere = PatientPictures(Array(others[count...]), of: world)
  }

  /// The training pictures of a share of the patients, with their labels.
  func labelled(_ share: Double) -> Pictures {
    training.pictures[training.pictures(of: training.labelled(share))]
  }
}

extension Pictures {
  /// The mean over classes of the share of a class's pictures that a classifier names rightly.
  ///
  /// Each class has the same weight however rare it is: who always guesses the commonest of K gets 1 / K.
  /// Classes without pictures are left out.
  func balancedAccuracy(of guesses: [Int]) -> Double {
    let classes = classNames.indices.compactMap { label -> Double? in
      let own = labels.indices.filter { labels[$0] == label }
      if own.isEmpty { return nil }
      return Double(own.count { guesses[$0] == label }) / Double(own.count)
    }
    return classes.reduce(0, +) / Double(max(1, classes.count))
  }

  /// The share of the commonest class: what a classifier gets that looks at nothing.
  var shareOfCommonestClass: Double {
    let counts = classNames.indices.map { label in labels.count { $0 == label } }
    return Double(counts.max() ?? 0) / Double(max(1, count))
  }
}
