import CourseData
import Notebook
import TensorCore

extension ClinicSet {
  /// The first patient of each pathology who has four pictures or more, a row for each.
  var albums: PictureGrid {
    PictureGrid(
      "Patients, a row for each",
      rows: Pathology.allCases.compactMap { pathology in
        let album = training.patients.first { places in
          places.count >= 4 && training.pictures.labels[places[0]] == pathology.rawValue
        }
        return album.map { places in
          PictureRow(
            pathology.name,
            places.prefix(5).map { place in
              picture(
                training.pictures.pixels(at: [place]), training.photographs[place].site.name)
            })
        }
      })
  }

  /// Who is in the clinic: the patients of one repetition, and the commonest condition over all.
  static func table(_ sets: [ClinicSet]) -> Table {
    func row(_ name: String, _ part: KeyPath<ClinicSet, PatientPictures>) -> [Table.Cell] {
      let patients = sets[0][keyPath: part]
      return [
        .text(name), .number(patients.patients.count), .number(patients.pictures.count),
        .number(patients.shareOfSingles),
        .mean(of: sets.map { $0[keyPath: part].pictures.shareOfCommonestClass }),
      ]
    }
    return Table(
      "Who is in the clinic",
      columns: [
        .text("patients"), .number("number", decimals: 0), .number("pictures", decimals: 0),
        .number("with one picture", decimals: 2), .number("commonest condition", decimals: 2),
      ],
      rows: [
        row("to learn from", \.everyone), row("of them with labels", \.training),
        row("to judge by", \.test),
      ])
  }

  /// Four pairs of SimCLR and four of MICLe, as the network sees them.
  ///
  /// - Throws: what making the pairs throws.
  func pairs(_ augmentation: AugmentationSequence) throws -> PictureGrid {
    let several = training.patients.filter { $0.count > 1 }
    let patients = try PatientPairs(training.pictures, of: several, augmentation, batch: 4)
    let views = try ViewPairs(training.pictures, augmentation, batch: 4)
    var random = Random(seed: seed)
    func rows(_ name: String, _ pair: (first: Variable, second: Variable)) -> [PictureRow] {
      [("\(name): first", pair.first), ("second", pair.second)].map { name, views in
        let numbers = views.value.numbers
        let size = numbers.count / views.shape[0]
        return PictureRow(
          name,
          (0..<views.shape[0]).map { picture(Array(numbers[$0 * size..<($0 + 1) * size])) })
      }
    }
    return PictureGrid(
      "Pairs of SimCLR, above, and of MICLe, below",
      rows: rows("SimCLR", views.next(using: &random))
        + rows("MICLe", patients.next(using: &random)))
  }

  private func picture(_ numbers: [Float], _ caption: String = "") -> Notebook.Picture {
    Notebook.Picture(
      numbers, height: training.pictures.height, width: training.pictures.width, channels: 3,
      caption: caption)
  }
}
