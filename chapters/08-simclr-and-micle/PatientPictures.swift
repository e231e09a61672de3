import CourseData
import TensorCore

/// The pictures of some patients, and whose they are.
struct PatientPictures {
  /// All pictures, patient by patient; their labels are the pathologies.
  let pictures: Pictures
  /// What each picture shows, in the same order.
  let photographs: [Photograph]
  /// For each patient the places of the pictures.
  let patients: [[Int]]

  /// Paints the pictures of patients.
  init(_ patients: [Patient], of world: ClinicWorld) {
    photographs = patients.flatMap(\.photographs)
    pictures = world.paint(photographs)
    var next = 0
    self.patients = patients.map { patient in
      defer { next += patient.photographs.count }
      return Array(next..<next + patient.photographs.count)
    }
  }

  /// The places of all pictures of some patients.
  func pictures(of chosen: [Int]) -> [Int] { chosen.flatMap { patients[$0] } }

  /// A share of the patients, nearly the same share of each pathology; a smaller share is part of a
  /// larger one.
  ///
  /// This is what a clinic pays for: a label belongs to a patient, and all the patient's pictures have
  /// it. Each pathology keeps one patient at least.
  func labelled(_ share: Double) -> [Int] {
    let pathologies = patients.map { pictures.labels[$0[0]] }
    let totals = pictures.classNames.indices.map { label in pathologies.count { $0 == label } }
    var taken = totals.map { _ in 0 }
    return patients.indices.filter { patient in
      let label = pathologies[patient]
      taken[label] += 1
      return taken[label] <= max(1, Int((share * Double(totals[label])).rounded()))
    }
  }

  /// The share of patients who have one picture only.
  var shareOfSingles: Double {
    Double(patients.count { $0.count == 1 }) / Double(patients.count)
  }
}
