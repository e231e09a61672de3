import CourseData
import TensorCore

/// MICLe's pairs: two pictures of one patient, each through its own augmentation.
///
/// An epoch is laid out at once: a random order of all patients, and for each of them two distinct
/// pictures. Cut into batches it gives a patient one pair in a batch at most, so that no picture of a
/// patient is a negative of another. A patient with a single picture gives two views of it, which is
/// SimCLR's pair (Azizi et al. 2021).
///
/// Where a batch is larger than the number of patients, all patients make a batch.
final class PatientPairs {
  let pictures: Pictures
  let patients: [[Int]]
  let augmentation: AugmentationSequence
  /// N, the patients of a batch.
  let batch: Int
  private var epoch: ArraySlice<(first: Int, second: Int)> = []

  /// Prepares batches of patients.
  ///
  /// - Parameters:
  ///   - pictures: the pictures of all patients.
  ///   - patients: for each patient the places of the pictures.
  ///   - augmentation: how a view differs from its picture.
  ///   - batch: N; with fewer patients than this, all of them.
  /// - Throws: `PatientError` for patients without pictures, pictures of two patients, and fewer than
  ///   two patients; `ContrastiveError` for pictures that are too small.
  init(
    _ pictures: Pictures, of patients: [[Int]], _ augmentation: AugmentationSequence, batch: Int
  ) throws {
    try PatientPairs.check(patients, pictures: pictures.count)
    if pictures.height < 4 || pictures.width < 4 {
      throw ContrastiveError.tooSmall(height: pictures.height, width: pictures.width)
    }
    if batch < 2 { throw ContrastiveError.tooFewPairs(batch) }
    self.pictures = pictures
    self.patients = patients
    self.augmentation = augmentation
    self.batch = min(batch, patients.count)
  }

  /// The share of patients that have a single picture, and so give SimCLR's pair.
  var shareWithOnePicture: Double {
    Double(patients.count { $0.count == 1 }) / Double(patients.count)
  }

  /// The next batch's pairs of pictures, by their places.
  func nextPlaces(using random: inout Random) -> [(first: Int, second: Int)] {
    if epoch.count < batch {
      let pairs = random.permutation(patients.count).map { patient in
        let pictures = patients[patient]
        let order = random.permutation(pictures.count)
        // The first two of a shuffled list are distinct, and every two are equally likely.
        return (first: pictures[order[0]], second: pictures[order[pictures.count > 1 ? 1 : 0]])
      }
      epoch = pairs[...]
    }
    defer { epoch = epoch.dropFirst(batch) }
    return Array(epoch.prefix(batch))
  }

  /// The next batch: a view of the first and one of the second picture of each pair, each
  /// `[N, height, width, channels]`.
  func next(using random: inout Random) -> (first: Variable, second: Variable) {
    let pairs = nextPlaces(using: &random)
    return (
      Variable(pictures.views(of: pairs.map(\.first), augmentation, using: &random)),
      Variable(pictures.views(of: pairs.map(\.second), augmentation, using: &random))
    )
  }

  private static func check(_ patients: [[Int]], pictures count: Int) throws(PatientError) {
    if patients.count < 2 { throw .tooFewPatients(patients.count) }
    var owner = [Int?](repeating: nil, count: count)
    for (patient, places) in patients.enumerated() {
      if places.isEmpty { throw .noPictures(patient: patient) }
      for place in places {
        if !owner.indices.contains(place) {
          throw .noSuchPicture(place, patient: patient, count: count)
        }
        if let other = owner[place] { throw .sharedPicture(place, patient: patient, other: other) }
        owner[place] = patient
      }
    }
  }
}

/// Why patients cannot be paired, split or trained on.
enum PatientError: Error, Equatable, CustomStringConvertible {
  /// There is nobody to tell a patient from.
  case tooFewPatients(Int)
  /// A patient has no pictures.
  case noPictures(patient: Int)
  /// A patient has a picture that does not exist.
  case noSuchPicture(Int, patient: Int, count: Int)
  /// One picture belongs to two patients, or twice to one.
  case sharedPicture(Int, patient: Int, other: Int)
  /// A share of patients that is not one.
  case share(Double)

  var description: String {
    switch self {
    case .tooFewPatients(let count):
      "\(count) \(count == 1 ? "patient" : "patients"); contrast needs 2 or more to tell apart"
    case .noPictures(let patient):
      "patient \(patient) has no pictures; leave out patients without any"
    case .noSuchPicture(let place, let patient, let count):
      "patient \(patient) has picture \(place), but there are \(count) pictures, counted from 0"
    case .sharedPicture(let place, let patient, let other):
      patient == other
        ? "patient \(patient) has picture \(place) twice; its two copies would be a pair"
        : "picture \(place) belongs to patients \(other) and \(patient); it can have one"
    case .share(let share):
      "a share of \(share) of the patients; it has to lie above 0 and below 1"
    }
  }
}
