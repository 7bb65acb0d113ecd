import { IsOptional, IsString, Length } from 'class-validator';
import { applyDecorators } from '@nestjs/common';

const IsText = (minimum: number, maximum: number) => applyDecorators(IsString(), Length(minimum, maximum));

export const IsName = () => IsText(1, 200);
export const IsTaxId = () => IsText(1, 40);

export class ContactFields {
  @IsOptional() @IsText(1, 200) person?: string;
  @IsOptional() @IsText(3, 254) email?: string;
  @IsOptional() @IsText(3, 40) phone?: string;
}

export class AddressFields {
  @IsOptional() @IsText(1, 200) street?: string;
  @IsOptional() @IsText(1, 20) postalCode?: string;
  @IsOptional() @IsText(1, 100) city?: string;
  @IsText(1, 64) country!: string;
}
